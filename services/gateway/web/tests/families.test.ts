// Long lists of families: read where somebody looks, and taken along whole.

import { effect } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import type { Families, RankedFamily } from '../src/api/types';
import { FamilyPages, PAGE_SIZE } from '../src/sections/sasaran/familyPages';
import { collectFamilies, familyRow } from '../src/sections/sasaran/familySheet';

const TOTAL = 290_000;

function family(rank: number): RankedFamily {
  return {
    familyId: `f${rank}`,
    region: '33.26.01.2001',
    rank: String(rank),
    size: 4,
    decile: 1,
    deprivations: ['unfit_house'],
    familiesToBoundary: '7',
  };
}

function page(firstRank: number, size: number, total = TOTAL): Families {
  const last = Math.min(firstRank + size - 1, total);
  const families = [];
  for (let rank = firstRank; rank <= last; rank++) families.push(family(rank));
  return { families, total: String(total), publication: '5', nextPageToken: '' };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

describe('families in sight', () => {
  it('are read by position, however far somebody jumps', async () => {
    const read = vi.fn((firstRank: number) => Promise.resolve(page(firstRank, PAGE_SIZE)));
    const pages = new FamilyPages(read);
    await settle();
    expect(pages.state.value).toMatchObject({ total: TOTAL, publication: '5', loading: false });
    expect(pages.at(0)?.familyId).toBe('f1');
    expect(pages.at(145_000)).toBeUndefined();
    pages.show(145_000, 145_020);
    await settle();
    expect(pages.at(145_000)?.familyId).toBe('f145001');
    pages.show(145_000, 145_020);
    await settle();
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('are drawn again when they arrive after everything else has settled', async () => {
    const pages = new FamilyPages((firstRank) => Promise.resolve(page(firstRank, PAGE_SIZE)));
    const drawn: (string | undefined)[] = [];
    const stop = effect(() => void drawn.push(pages.at(289_999)?.familyId));
    await settle();
    pages.show(289_990, 289_999);
    await settle();
    expect(drawn.at(-1)).toBe('f290000');
    stop();
  });

  it('are not read any more once they are out of sight', async () => {
    const signals: AbortSignal[] = [];
    const pages = new FamilyPages((firstRank, signal) => {
      signals.push(signal);
      return firstRank === 1 ? Promise.resolve(page(1, PAGE_SIZE)) : new Promise(() => undefined);
    });
    await settle();
    pages.show(10_000, 10_020);
    pages.show(200_000, 200_020);
    expect(signals.map((signal) => signal.aborted)).toEqual([false, true, false]);
    pages.close();
    expect(signals[2]?.aborted).toBe(true);
  });

  it('say why they are not here', async () => {
    const pages = new FamilyPages(() => Promise.reject(new Error('away')));
    await settle();
    expect(pages.state.value).toMatchObject({ loading: false, total: 0, problem: new Error('away') });
  });

  it('are asked for again after a page could not be read', async () => {
    let away = true;
    const pages = new FamilyPages((firstRank) =>
      away && firstRank > 1 ? Promise.reject(new Error('away')) : Promise.resolve(page(firstRank, PAGE_SIZE)),
    );
    await settle();
    pages.show(5000, 5020);
    await settle();
    expect(pages.state.value.problem).toEqual(new Error('away'));
    away = false;
    pages.retry();
    await settle();
    expect(pages.state.value.problem).toBeUndefined();
    expect(pages.at(5000)?.familyId).toBe('f5001');
  });

  it('do not fill the memory of a browser', async () => {
    const pages = new FamilyPages((firstRank) => Promise.resolve(page(firstRank, PAGE_SIZE)));
    for (let index = 0; index < 60 * PAGE_SIZE; index += PAGE_SIZE) {
      pages.show(index, index);
      await settle();
    }
    expect(pages.at(0)).toBeUndefined();
    expect(pages.at(59 * PAGE_SIZE)).toBeDefined();
  });
});

describe('families to take along', () => {
  it('are all there, in order, with the progress told', async () => {
    const shares: number[] = [];
    const families = await collectFamilies(
      (firstRank, size) => Promise.resolve(page(firstRank, size, 1200)),
      new AbortController().signal,
      (share) => shares.push(share),
    );
    expect(families.map(({ rank }) => Number(rank))).toEqual(Array.from({ length: 1200 }, (_, i) => i + 1));
    expect(shares.at(-1)).toBe(1);
  });

  it('keep numbers as numbers and unknown answers empty', () => {
    const words = {
      header: [],
      village: (code: string) => `Desa ${code}`,
      need: (name: string) => name,
      poor: (poor: boolean | undefined) => (poor === undefined ? 'belum diketahui' : String(poor)),
    };
    expect(familyRow({ ...family(3), welfare: '400000', scoreMicro: '12500000' }, words)).toEqual([
      3,
      'f3',
      '33.26.01.2001',
      'Desa 33.26.01.2001',
      4,
      1,
      'belum diketahui',
      400_000,
      12.5,
      7,
      'unfit_house',
    ]);
    expect(familyRow({ ...family(3), decile: 0 }, words).slice(5, 9)).toEqual([
      null,
      'belum diketahui',
      null,
      null,
    ]);
  });
});
