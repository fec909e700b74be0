// One store for the page: the address, the live connection, the resources and the error notices.

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { getJson } from '../api/client';
import { translator, type Translate } from '../messages';
import { formatUrl, parseUrl, withChange, type UrlState } from '../url/state';
import { Live, openStream } from './live';
import { RegionNames } from './names';
import { Resources } from './resources';

const SCREEN_FIELDS = ['section', 'region', 'view', 'programme', 'family', 'plan', 'submission'] as const;

/** Whether a person meets another screen, so that reading starts at its top. */
function isOtherScreen(before: UrlState, next: UrlState): boolean {
  return before.region !== '' && SCREEN_FIELDS.some((field) => before[field] !== next[field]);
}

export interface Notice {
  id: number;
  kind: 'error' | 'done';
  text: string;
}

export class AppStore {
  readonly url: Signal<UrlState> = signal(parseUrl(location.pathname, location.search));
  readonly resources = new Resources({ get: getJson, now: Date.now });
  readonly live = new Live({ open: openStream, now: Date.now });
  readonly names = new RegionNames(() => this.url.value.population);
  readonly notices: Signal<Notice[]> = signal([]);
  /** Ticks once a second, for "3 seconds ago". */
  readonly nowMs = signal(Date.now());
  readonly t: ReadonlySignal<Translate> = computed(() => translator(this.url.value.language));
  private nextNotice = 1;

  start(): void {
    addEventListener('popstate', () => {
      this.url.value = parseUrl(location.pathname, location.search);
    });
    setInterval(() => (this.nowMs.value = Date.now()), 1000);
    this.live.onNotice((notice) => this.resources.notice(notice));
    this.live.onReload(() => this.resources.refresh());
    this.live.start(`/v1/stream?population=${encodeURIComponent(this.url.value.population)}`);
  }

  /** Goes to a changed state. `replace` keeps the history free of steps nobody would go back to. */
  go(change: Partial<UrlState>, replace = false): void {
    const before = this.url.peek();
    const next = withChange(before, change);
    const address = formatUrl(next);
    if (replace) history.replaceState(null, '', address);
    else if (address !== formatUrl(before)) history.pushState(null, '', address);
    this.url.value = next;
    if (isOtherScreen(before, next)) {
      scrollTo(0, 0);
      document.querySelector('main')?.focus({ preventScroll: true });
    }
    if (next.population !== before.population) {
      this.live.start(`/v1/stream?population=${encodeURIComponent(next.population)}`);
    }
  }

  href(change: Partial<UrlState>): string {
    return formatUrl(withChange(this.url.value, change));
  }

  notify(kind: Notice['kind'], text: string): void {
    const notice = { id: this.nextNotice++, kind, text };
    this.notices.value = [...this.notices.value.slice(-4), notice];
    if (kind === 'done') setTimeout(() => this.dismiss(notice.id), 8000);
  }

  dismiss(id: number): void {
    this.notices.value = this.notices.value.filter((notice) => notice.id !== id);
  }
}
