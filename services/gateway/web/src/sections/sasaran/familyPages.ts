// Families of a rule by their position, read in pages as somebody looks at them. The whole list is
// never here: 290,000 families are a scroll bar and a few pages around what is in sight.

import { signal, type Signal } from '@preact/signals';
import type { Families, RankedFamily } from '../../api/types';

export const PAGE_SIZE = 200;
/** Pages kept around the reader; older ones are read again when needed. */
const KEPT_PAGES = 40;

export type ReadPage = (firstRank: number, signal: AbortSignal) => Promise<Families>;

export interface FamilyPagesState {
  total: number;
  /** Publication of the oldest page that is shown. */
  publication: string;
  loading: boolean;
  problem: unknown;
}

export class FamilyPages {
  /** A new value for every page that arrives: who reads `at` is drawn again. */
  readonly state: Signal<FamilyPagesState> = signal({
    total: 0,
    publication: '',
    loading: true,
    problem: undefined,
  });
  private readonly pages = new Map<number, RankedFamily[]>();
  private readonly running = new Map<number, AbortController>();
  private inSight = { first: 0, last: 0 };
  private readonly read: ReadPage;

  constructor(read: ReadPage) {
    this.read = read;
    void this.load(0);
  }

  /** The family at a position from 0, undefined while it is on the way. */
  at(index: number): RankedFamily | undefined {
    void this.state.value;
    return this.pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
  }

  /** Reads what is missing of the positions in sight and stops reading what is not. */
  show(first: number, last: number): void {
    this.inSight = { first, last };
    const from = Math.floor(first / PAGE_SIZE);
    const to = Math.floor(Math.max(first, last) / PAGE_SIZE);
    for (const [page, abort] of this.running) {
      if (page < from - 1 || page > to + 1) {
        abort.abort();
        this.running.delete(page);
      }
    }
    for (let page = from; page <= to; page++) {
      if (!this.pages.has(page) && !this.running.has(page)) void this.load(page);
    }
  }

  /** Reads again what is in sight and could not be read. */
  retry(): void {
    this.state.value = { ...this.state.peek(), problem: undefined };
    this.show(this.inSight.first, this.inSight.last);
  }

  close(): void {
    this.running.forEach((abort) => abort.abort());
  }

  private async load(page: number): Promise<void> {
    const abort = new AbortController();
    this.running.set(page, abort);
    try {
      const answer = await this.read(page * PAGE_SIZE + 1, abort.signal);
      if (abort.signal.aborted) return;
      this.keep(page, answer);
    } catch (cause) {
      if (abort.signal.aborted) return;
      this.state.value = { ...this.state.peek(), loading: false, problem: cause };
    }
    this.running.delete(page);
  }

  private keep(page: number, answer: Families): void {
    this.pages.delete(page);
    this.pages.set(page, answer.families);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= KEPT_PAGES) break;
      this.pages.delete(oldest);
    }
    this.state.value = {
      total: Number(answer.total),
      publication: this.state.peek().publication || answer.publication,
      loading: false,
      problem: undefined,
    };
  }
}
