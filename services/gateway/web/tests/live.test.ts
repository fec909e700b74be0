import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PublicationNotice } from '../src/api/types';
import { DELAYED_AFTER_MS, LATE_AFTER_MS, Live, LOST_AFTER_MS, retryDelay } from '../src/store/live';
import { SseParser, type ServerEvent } from '../src/store/sse';

describe('server-sent events', () => {
  function parse(...pieces: string[]) {
    const events: ServerEvent[] = [];
    let beats = 0;
    const parser = new SseParser({ onEvent: (event) => events.push(event), onHeartbeat: () => beats++ });
    for (const piece of pieces) parser.feed(piece);
    return { events, beats };
  }

  it('are read whatever the pieces they arrive in', () => {
    const text = 'id: 7\nevent: publication\ndata: {"a":1}\n\n: beat\n\nevent: hello\ndata: x\ndata: y\n\n';
    const whole = parse(text);
    expect(whole.events).toEqual([
      { id: '7', event: 'publication', data: '{"a":1}' },
      { id: '7', event: 'hello', data: 'x\ny' },
    ]);
    expect(whole.beats).toBe(1);
    expect(parse(...text)).toEqual(whole);
  });

  it('may end their lines with carriage returns', () => {
    expect(parse('event: a\r\ndata: 1\r\n\r\n').events).toEqual([{ id: '', event: 'a', data: '1' }]);
  });

  it('without data are none', () => {
    expect(parse('event: a\n\n: c\n\n').events).toEqual([]);
  });
});

/** A server whose streams the test writes and breaks. */
class FakeServer {
  readonly opened: string[] = [];
  private writer: ReadableStreamDefaultController<Uint8Array> | null = null;
  refuse = false;

  open = (_url: string, lastEventId: string): Promise<ReadableStream<Uint8Array>> => {
    this.opened.push(lastEventId);
    if (this.refuse) return Promise.reject(new Error('refused'));
    return Promise.resolve(
      new ReadableStream<Uint8Array>({ start: (controller) => void (this.writer = controller) }),
    );
  };

  async send(text: string): Promise<void> {
    this.writer?.enqueue(new TextEncoder().encode(text));
    await vi.advanceTimersByTimeAsync(0);
  }

  async hello(publication: string): Promise<void> {
    await this.send(`event: hello\ndata: {"publication":"${publication}","nowMs":"${Date.now() + 250}"}\n\n`);
  }

  async publish(publication: string, ageMs = 0): Promise<void> {
    const cutAtMs = String(Date.now() + 250 - ageMs);
    const notice = { publication, cutAtMs, regions: [], programmes: [], lists: [], notifiedAtMs: '6' };
    await this.send(`id: ${publication}\nevent: publication\ndata: ${JSON.stringify(notice)}\n\n`);
  }

  async end(): Promise<void> {
    this.writer?.close();
    await vi.advanceTimersByTimeAsync(0);
  }
}

describe('the live connection', () => {
  let server: FakeServer;
  let live: Live;

  beforeEach(async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    server = new FakeServer();
    live = new Live({ open: server.open, now: Date.now });
    live.start('/v1/stream');
    await vi.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    live.stop();
    vi.useRealTimers();
  });

  it('is live once the server says hello, and knows the server clock', async () => {
    expect(live.connection.value.state).toBe('connecting');
    await server.hello('41');
    expect(live.connection.value.state).toBe('live');
    expect(live.publication.value).toBe('41');
    expect(live.clockOffsetMs.value).toBe(250);
  });

  it('tells its listeners of every publication', async () => {
    const heard: string[] = [];
    live.onNotice((notice: PublicationNotice) => heard.push(notice.publication));
    await server.hello('41');
    await server.publish('42');
    await server.publish('43');
    expect(heard).toEqual(['42', '43']);
  });

  it('is delayed after missed heartbeats and live again with the next one', async () => {
    await server.hello('41');
    await vi.advanceTimersByTimeAsync(DELAYED_AFTER_MS + 1000);
    expect(live.connection.value.state).toBe('delayed');
    await server.send(': beat\n\n');
    expect(live.connection.value.state).toBe('live');
  });

  it('is delayed while publications arrive late, and says by how much', async () => {
    await server.hello('41');
    await server.publish('42', LATE_AFTER_MS + 3000);
    expect(live.connection.value).toMatchObject({ state: 'delayed', lagMs: LATE_AFTER_MS + 3000 });
    await server.publish('43', 40);
    expect(live.connection.value).toMatchObject({ state: 'live', lagMs: 40 });
  });

  it('gives a silent stream up and opens another one', async () => {
    await server.hello('41');
    await vi.advanceTimersByTimeAsync(LOST_AFTER_MS + 2000);
    expect(server.opened).toHaveLength(2);
  });

  it('waits longer after each refusal, and resumes behind the last publication seen', async () => {
    await server.hello('41');
    await server.publish('42');
    server.refuse = true;
    await server.end();
    expect(live.connection.value).toMatchObject({ state: 'lost', retryAtMs: Date.now() + 1000 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(live.connection.value).toMatchObject({ state: 'lost', retryAtMs: Date.now() + 2000 });
    expect(server.opened).toEqual(['', '42']);
    expect([0, 1, 2, 3, 4, 99].map(retryDelay)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  it('says after a break what it missed', async () => {
    await server.hello('41');
    await server.end();
    await vi.advanceTimersByTimeAsync(1000);
    await server.hello('50');
    expect(live.missed.value).toEqual({ sinceMs: 1_000_000, publications: 9, complete: true });
  });

  it('asks for everything again when the server no longer has what was missed', async () => {
    let reloads = 0;
    live.onReload(() => reloads++);
    await server.hello('41');
    await server.end();
    await vi.advanceTimersByTimeAsync(1000);
    await server.hello('5000');
    await server.send('event: reload\ndata: {}\n\n');
    expect(reloads).toBe(1);
    expect(live.missed.value).toMatchObject({ publications: 4959, complete: false });
  });

  it('tries at once when asked', async () => {
    await server.hello('41');
    await server.end();
    live.retryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.opened).toHaveLength(2);
  });
});
