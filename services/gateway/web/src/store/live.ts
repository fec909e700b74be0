// The live connection: one stream of publication notices, its state as a person sees it, and
// catching up after a break.

import { signal, type Signal } from '@preact/signals';
import type { PublicationNotice } from '../api/types';
import { SseParser, type ServerEvent } from './sse';

export type ConnectionState = 'connecting' | 'live' | 'delayed' | 'lost';

export interface Connection {
  state: ConnectionState;
  /** When the last byte arrived, milliseconds since 1970; 0 before the first. */
  lastHeardMs: number;
  /** When the next attempt starts; 0 unless lost. */
  retryAtMs: number;
  /** How old the newest publication was when it arrived. */
  lagMs: number;
}

/** What a break hid and the page has caught up with. */
export interface Missed {
  sinceMs: number;
  publications: number;
  complete: boolean;
}

export interface LiveOptions {
  /** Opens the stream; rejects or ends when it breaks. */
  open(url: string, lastEventId: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  now(): number;
}

/** The server sends a heartbeat each 5 s; two missed ones make the picture doubtful. */
export const DELAYED_AFTER_MS = 12_000;
/** A publication older than this on arrival is late: the server cannot keep up. */
export const LATE_AFTER_MS = 5000;
/** Silence after which the stream is given up and opened again. */
export const LOST_AFTER_MS = 30_000;
const RETRY_MS = [1000, 2000, 4000, 8000, 15_000];

export function retryDelay(attempt: number): number {
  return RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] as number;
}

export type NoticeListener = (notice: PublicationNotice) => void;

export class Live {
  readonly connection: Signal<Connection> = signal({
    state: 'connecting',
    lastHeardMs: 0,
    retryAtMs: 0,
    lagMs: 0,
  });
  /** Newest publication heard of. */
  readonly publication = signal('');
  /** When the newest publication was cut, by the server's clock; 0 before the first. */
  readonly cutAtMs = signal(0);
  readonly missed: Signal<Missed | null> = signal(null);
  /** Server clock minus ours. */
  readonly clockOffsetMs = signal(0);

  private readonly options: LiveOptions;
  private readonly noticeListeners = new Set<NoticeListener>();
  private readonly reloadListeners = new Set<() => void>();
  private url = '';
  private lastEventId = '';
  private attempt = 0;
  private abort: AbortController | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchTimer: ReturnType<typeof setInterval> | undefined;
  private brokenSinceMs = 0;
  private missedCount = 0;

  constructor(options: LiveOptions) {
    this.options = options;
  }

  onNotice(listener: NoticeListener): () => void {
    this.noticeListeners.add(listener);
    return () => this.noticeListeners.delete(listener);
  }

  /** Called when notices were lost and everything has to be read again. */
  onReload(listener: () => void): () => void {
    this.reloadListeners.add(listener);
    return () => this.reloadListeners.delete(listener);
  }

  start(url: string): void {
    this.stop();
    this.url = url;
    this.lastEventId = '';
    this.watchTimer = setInterval(() => this.watch(), 1000);
    void this.connect();
  }

  stop(): void {
    clearInterval(this.watchTimer);
    clearTimeout(this.retryTimer);
    this.abort?.abort();
    this.abort = null;
  }

  retryNow(): void {
    clearTimeout(this.retryTimer);
    void this.connect();
  }

  private async connect(): Promise<void> {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    try {
      const body = await this.options.open(this.url, this.lastEventId, abort.signal);
      const parser = new SseParser({
        onEvent: (event) => this.receive(event),
        onHeartbeat: () => this.heard(),
      });
      const decoder = new TextDecoder();
      const reader = body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        parser.feed(decoder.decode(value, { stream: true }));
      }
    } catch {
      // A refused, broken or abandoned stream ends the same way: wait and try again.
    }
    if (this.abort === abort) this.lose();
  }

  private lose(): void {
    const { lastHeardMs } = this.connection.value;
    if (this.brokenSinceMs === 0 && lastHeardMs > 0) this.brokenSinceMs = lastHeardMs;
    const delay = retryDelay(this.attempt++);
    this.connection.value = { state: 'lost', lastHeardMs, retryAtMs: this.options.now() + delay, lagMs: 0 };
    this.retryTimer = setTimeout(() => void this.connect(), delay);
  }

  private watch(): void {
    const connection = this.connection.value;
    const silence = this.options.now() - connection.lastHeardMs;
    if (connection.state === 'live' && silence > DELAYED_AFTER_MS) {
      this.connection.value = { ...connection, state: 'delayed' };
    } else if (connection.state === 'delayed' && silence > LOST_AFTER_MS) {
      this.retryNow();
      this.connection.value = { ...connection, state: 'lost', retryAtMs: this.options.now() };
    }
  }

  private heard(lagMs = 0): void {
    this.attempt = 0;
    const state = lagMs > LATE_AFTER_MS ? 'delayed' : 'live';
    this.connection.value = { state, lastHeardMs: this.options.now(), retryAtMs: 0, lagMs };
  }

  private receive(event: ServerEvent): void {
    const wasBroken = this.brokenSinceMs;
    this.heard();
    if (event.id) this.lastEventId = event.id;
    if (event.event === 'hello') this.hello(JSON.parse(event.data) as { publication: string; nowMs: string });
    else if (event.event === 'publication') this.notice(JSON.parse(event.data) as PublicationNotice);
    else if (event.event === 'reload') this.reload(wasBroken);
  }

  private hello(data: { publication: string; nowMs: string }): void {
    this.clockOffsetMs.value = Number(data.nowMs) - this.options.now();
    if (this.brokenSinceMs > 0) {
      const before = Number(this.publication.value || '0');
      this.missedCount = Math.max(0, Number(data.publication) - before);
      this.missed.value = { sinceMs: this.brokenSinceMs, publications: this.missedCount, complete: true };
      this.brokenSinceMs = 0;
    }
    if (this.publication.value === '') this.publication.value = data.publication;
    if (!this.lastEventId) this.lastEventId = data.publication;
  }

  private notice(notice: PublicationNotice): void {
    this.heard(this.options.now() + this.clockOffsetMs.peek() - Number(notice.cutAtMs));
    this.publication.value = notice.publication;
    this.cutAtMs.value = Number(notice.cutAtMs);
    for (const listener of this.noticeListeners) listener(notice);
  }

  private reload(sinceMs: number): void {
    const missed = this.missed.value;
    this.missed.value = {
      sinceMs: missed?.sinceMs ?? sinceMs,
      publications: this.missedCount,
      complete: false,
    };
    for (const listener of this.reloadListeners) listener();
  }
}

/** The stream as the browser opens it. Fetch, unlike EventSource, lets the page hear heartbeats. */
export async function openStream(
  url: string,
  lastEventId: string,
  abort: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (lastEventId && lastEventId !== '0') headers['Last-Event-ID'] = lastEventId;
  const response = await fetch(url, { headers, signal: abort, cache: 'no-store' });
  if (!response.ok || !response.body) throw new Error(`stream: ${response.status}`);
  return response.body;
}
