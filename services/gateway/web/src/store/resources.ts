// What the page shows, by address. Each resource says which publications concern it; a notice
// refreshes exactly those that are on screen, never more than one request at a time for each.

import { signal, type Signal } from '@preact/signals';
import { Problem } from '../api/client';
import type { PublicationNotice } from '../api/types';

export interface ResourceState<T> {
  data: T | undefined;
  /** Why the last attempt failed; `data` then is older than it should be, or absent. */
  problem: Problem | undefined;
  loading: boolean;
  /** When `data` arrived, milliseconds since 1970. */
  receivedAtMs: number;
}

export interface Interest {
  /** Regions whose figures the resource shows. */
  region?: (code: string) => boolean;
  programme?: (id: string) => boolean;
  /** Kinds of lists: alerts, targets, changes, ingests, plans, parameters. */
  lists?: readonly string[];
  /** Shortest time between two requests. */
  minIntervalMs?: number;
}

export const NEVER: Interest = {};

export function concerns(interest: Interest, notice: PublicationNotice, population: string): boolean {
  const { region, programme, lists } = interest;
  return (
    (region !== undefined &&
      notice.regions.some((changed) => changed.population === population && region(changed.region))) ||
    (programme !== undefined && notice.programmes.some(programme)) ||
    (lists !== undefined && notice.lists.some((kind) => lists.includes(kind)))
  );
}

const DEFAULT_INTERVAL_MS = 100;
/** A server that did not answer, or could not, is asked again after this long. */
export const RETRY_MS = 3000;
/** Unused answers are kept this long, so that going back shows them at once. */
const KEEP_MS = 60_000;

export interface ResourceOptions {
  get(path: string, signal: AbortSignal): Promise<unknown>;
  now(): number;
}

class Resource {
  readonly state: Signal<ResourceState<unknown>> = signal({
    data: undefined,
    problem: undefined,
    loading: true,
    receivedAtMs: 0,
  });
  users = 0;
  interest: Interest = NEVER;
  population = '';
  private dirty = false;
  private running = false;
  private startedMs = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private dropTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly abort = new AbortController();
  private readonly path: string;
  private readonly options: ResourceOptions;
  private readonly onDrop: () => void;

  constructor(path: string, options: ResourceOptions, onDrop: () => void) {
    this.path = path;
    this.options = options;
    this.onDrop = onDrop;
  }

  use(): void {
    clearTimeout(this.dropTimer);
    if (this.users++ === 0) this.refresh();
  }

  release(): void {
    if (--this.users > 0) return;
    this.dropTimer = setTimeout(() => {
      clearTimeout(this.timer);
      clearTimeout(this.retryTimer);
      this.abort.abort();
      this.onDrop();
    }, KEEP_MS);
  }

  refresh(): void {
    this.dirty = true;
    this.schedule();
  }

  private schedule(): void {
    if (this.running || !this.dirty || this.users === 0) return;
    clearTimeout(this.timer);
    const wait = this.startedMs + (this.interest.minIntervalMs ?? DEFAULT_INTERVAL_MS) - this.options.now();
    if (wait > 0) this.timer = setTimeout(() => void this.run(), wait);
    else void this.run();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    clearTimeout(this.retryTimer);
    this.running = true;
    this.dirty = false;
    this.startedMs = this.options.now();
    try {
      const data = await this.options.get(this.path, this.abort.signal);
      this.state.value = { data, problem: undefined, loading: false, receivedAtMs: this.options.now() };
    } catch (cause) {
      if (this.abort.signal.aborted) return;
      const problem = cause instanceof Problem ? cause : new Problem(0, { detail: String(cause) });
      this.state.value = { ...this.state.peek(), problem, loading: false };
      if (problem.status === 0 || problem.status >= 500)
        this.retryTimer = setTimeout(() => this.refresh(), RETRY_MS);
    } finally {
      this.running = false;
    }
    this.schedule();
  }
}

export class Resources {
  private readonly all = new Map<string, Resource>();
  private readonly options: ResourceOptions;

  constructor(options: ResourceOptions) {
    this.options = options;
  }

  /** The state of a path; nothing is requested before `use`. */
  state<T>(path: string): Signal<ResourceState<T>> {
    return this.at(path).state as Signal<ResourceState<T>>;
  }

  /** Keeps a path current while it is on screen; returns the release. */
  use(path: string, interest: Interest, population: string): () => void {
    const resource = this.at(path);
    resource.interest = interest;
    resource.population = population;
    resource.use();
    return () => resource.release();
  }

  notice(notice: PublicationNotice): void {
    for (const resource of this.all.values()) {
      if (concerns(resource.interest, notice, resource.population)) resource.refresh();
    }
  }

  refresh(matches: (path: string) => boolean = () => true): void {
    for (const [path, resource] of this.all) if (matches(path)) resource.refresh();
  }

  private at(path: string): Resource {
    let found = this.all.get(path);
    if (!found) {
      found = new Resource(path, this.options, () => this.all.delete(path));
      this.all.set(path, found);
    }
    return found;
  }
}
