import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../src/api/client';
import type { PublicationNotice } from '../src/api/types';
import { concerns, Resources, RETRY_MS } from '../src/store/resources';

function notice(change: Partial<PublicationNotice>): PublicationNotice {
  return {
    publication: '2',
    cutAtMs: '0',
    regions: [],
    programmes: [],
    lists: [],
    notifiedAtMs: '0',
    ...change,
  };
}

describe('a notice concerns a resource', () => {
  const village = notice({ regions: [{ population: 'register', region: '33.26.15.2014' }] });

  it.each([
    ['its region', { region: (code: string) => code === '33.26.15.2014' }, village, true],
    ['another region', { region: (code: string) => code === '33.26' }, village, false],
    ['its programme', { programme: (id: string) => id === 'rtlh' }, notice({ programmes: ['rtlh'] }), true],
    ['its list', { lists: ['alerts'] }, notice({ lists: ['changes', 'alerts'] }), true],
    ['nothing', {}, village, false],
  ])('when it names %s', (_, interest, told, expected) => {
    expect(concerns(interest, told, 'register')).toBe(expected);
  });

  it('never across populations', () => {
    expect(concerns({ region: () => true }, village, 'eusilc')).toBe(false);
  });
});

describe('resources', () => {
  let answers: (() => Promise<unknown>)[];
  let asked: string[];
  let resources: Resources;
  const settle = () => vi.advanceTimersByTimeAsync(0);

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    answers = [];
    asked = [];
    resources = new Resources({
      now: Date.now,
      get: (path) => {
        asked.push(path);
        return (answers.shift() ?? (() => Promise.resolve(`answer ${asked.length}`)))();
      },
    });
  });
  afterEach(() => void vi.useRealTimers());

  it('ask when first used and keep the answer', async () => {
    resources.use('/a', {}, 'register');
    expect(resources.state('/a').value.loading).toBe(true);
    await settle();
    expect(resources.state('/a').value).toMatchObject({
      data: 'answer 1',
      loading: false,
      problem: undefined,
    });
  });

  it('ask once for two users of the same path', async () => {
    resources.use('/a', {}, 'register');
    resources.use('/a', {}, 'register');
    await settle();
    expect(asked).toEqual(['/a']);
  });

  it('ask again when a notice concerns them, but not more often than their interval', async () => {
    resources.use('/a', { lists: ['alerts'], minIntervalMs: 1000 }, 'register');
    await settle();
    for (let i = 0; i < 50; i++) resources.notice(notice({ lists: ['alerts'] }));
    await settle();
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(2);
  });

  it('never run two requests of one path at once; a notice meanwhile leads to one more', async () => {
    let finish: (value: unknown) => void = () => undefined;
    answers.push(() => new Promise((resolve) => (finish = resolve)));
    resources.use('/a', { lists: ['alerts'] }, 'register');
    resources.notice(notice({ lists: ['alerts'] }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(1);
    finish('old');
    await settle();
    expect(asked).toHaveLength(2);
    expect(resources.state('/a').value.data).toBe('answer 2');
  });

  it('keep the last answer and say why it is stale when a refresh fails', async () => {
    resources.use('/a', {}, 'register');
    await settle();
    answers.push(() => Promise.reject(new Problem(503, { detail: 'busy', code: 'BUSY' })));
    await vi.advanceTimersByTimeAsync(200);
    resources.refresh();
    await settle();
    const state = resources.state<string>('/a').value;
    expect(state.data).toBe('answer 1');
    expect(state.problem).toMatchObject({ code: 'BUSY', message: 'busy' });
  });

  it.each([
    [0, 2],
    [503, 2],
    [404, 1],
    [403, 1],
  ])('after a failure with status %d have asked %d times once the retry is due', async (status, times) => {
    answers.push(() => Promise.reject(new Problem(status, {})));
    resources.use('/a', {}, 'register');
    await vi.advanceTimersByTimeAsync(RETRY_MS + 10);
    expect(asked).toHaveLength(times);
  });

  it('ask nothing for what is no longer on screen', async () => {
    const release = resources.use('/a', { lists: ['alerts'] }, 'register');
    await settle();
    release();
    resources.notice(notice({ lists: ['alerts'] }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(1);
  });
});
