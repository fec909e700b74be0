// Small models behind screens: arrivals, corrections, held order, classes of a map, exports.

import { describe, expect, it } from 'vitest';
import type { FamilyExplanation, Model, Plans } from '../src/api/types';
import { fileName, toCsv, toTsv } from '../src/parts/exports';
import { boundsOf, centreOf } from '../src/parts/geometry';
import { classify, isDark } from '../src/parts/mapModel';
import { arrivalOf } from '../src/sections/data/arrivalsModel';
import { approvedCourse } from '../src/sections/ringkasan/moneyModel';
import { contribution, correctedScore } from '../src/sections/sasaran/correction';
import { distanceToLine, standingOf } from '../src/sections/sasaran/standingModel';
import { courseOf } from '../src/store/figures';
import { countMoves } from '../src/store/hooks';
import { isWithin } from '../src/store/queries';

const HOUR = 3_600_000;

describe('arrivals', () => {
  it('are counts by source and hour whose outcomes add up', () => {
    const arrival = arrivalOf({
      source: 'Dinsos',
      population: 'register',
      hourMs: String(2 * HOUR),
      deliveries: '3',
      running: '1',
      received: '10',
      accepted: '7',
      flagged: '1',
      rejected: '1',
      repeated: '1',
    });
    expect(arrival).toMatchObject({ source: 'Dinsos', hourMs: 2 * HOUR, deliveries: 3, running: true });
    expect(Object.values(arrival.outcomes).reduce((a, b) => a + b)).toBe(arrival.received);
  });
});

describe('money', () => {
  const plan = (approvedAtMs: string, costRupiah: string) =>
    ({ approvedAtMs, costRupiah }) as Plans['plans'][number];

  it('approved grows with each decision, in their order', () => {
    expect(approvedCourse([plan('20', '5'), plan('10', '3')])).toEqual([0, 3, 8]);
  });

  it('has no course before the first decision', () => {
    expect(approvedCourse([])).toEqual([]);
  });
});

describe('corrections', () => {
  const model = {
    interceptMicro: '1000000',
    terms: [
      { variable: 'floor', codes: [1, 2], coefficientMicro: '142000', label: '' },
      { variable: 'floor', codes: [8], coefficientMicro: '-210000', label: '' },
      { variable: 'members', codes: [], coefficientMicro: '-61000', label: '' },
      { variable: 'members', codes: [], coefficientMicro: '2000', label: '', power: 2 },
      { variable: 'roof', codes: [1], coefficientMicro: '5000', label: '', unknownMicro: '700' },
    ],
  } as unknown as Model;
  const family = {
    variables: [
      { variable: 'floor', value: 8, contributionMicro: '-210000', inModel: true },
      { variable: 'members', value: 4, contributionMicro: '-212000', inModel: true },
      { variable: 'roof', contributionMicro: '700', inModel: true },
    ],
  } as unknown as FamilyExplanation;

  it.each([
    ['floor', 2, 142_000],
    ['floor', 8, -210_000],
    ['floor', 5, 0],
    ['floor', undefined, null],
    ['members', 4, -212_000],
    ['roof', undefined, 700],
    ['wall', 1, 0],
  ])('of %s to %s contribute %s millionths', (variable, value, micro) => {
    expect(contribution(model, variable, value)).toBe(micro);
  });

  it('count the square of a value where the model does', () => {
    expect(contribution(model, 'members', 10)).toBe(-610_000 + 200_000);
  });

  it('give the score with all of them together', () => {
    expect(correctedScore(model, family, [])).toBe(1_000_000 - 210_000 - 212_000 + 700);
    const both = [
      { variable: 'floor', text: '1' },
      { variable: 'members', text: '1' },
    ];
    expect(correctedScore(model, family, both)).toBe(1_000_000 + 142_000 - 59_000 + 700);
  });

  it('give no score where an answer that counts is taken away', () => {
    expect(correctedScore(model, family, [{ variable: 'floor', text: '' }])).toBeNull();
  });
});

describe('the standing of a family', () => {
  const family = (over: object) =>
    ({
      rankedFamilies: '200',
      nationalRank: '50',
      povertyLine: '500',
      family: { welfare: '400' },
      ...over,
    }) as unknown as FamilyExplanation;

  it('tells its rank and the share that is better off', () => {
    expect(standingOf(family({}))).toEqual({
      rank: 50,
      ranked: 200,
      betterOffPercent: 75,
      placePercent: 24.75,
    });
  });

  it('is unknown without a rank, never the first place', () => {
    expect(standingOf(family({ nationalRank: '0' })).placePercent).toBeNull();
  });

  it('tells the distance to the line, and nothing where there is no line', () => {
    expect(distanceToLine(family({}))).toEqual({ amount: -100, percent: -20 });
    expect(distanceToLine(family({ povertyLine: undefined }))).toBeNull();
  });
});

describe('a held list', () => {
  it.each([
    ['the same order', ['a', 'b', 'c'], ['a', 'b', 'c'], 0],
    ['two that swapped', ['a', 'b', 'c'], ['b', 'a', 'c'], 2],
    ['one that came', ['a'], ['a', 'b'], 1],
    ['one that left', ['a', 'b'], ['a'], 1],
  ])('counts %s', (_, shown, current, moves) => {
    expect(countMoves(shown, current)).toBe(moves);
  });
});

const p0 = {
  measure: 'p0',
  nameId: '',
  nameEn: '',
  unit: 'percent' as const,
  direction: -1 as const,
  decimals: 6,
};
const point = (atMs: number, value: string, observedFamilies = '9') => ({
  atMs: String(atMs),
  publication: String(atMs),
  figure: {
    measure: 'p0',
    numerator: '',
    denominator: '',
    value,
    unknownFamilies: '0',
    observedFamilies,
  },
});

describe('a course', () => {
  it('measures change from the first known point and ends with the figure on screen', () => {
    const course = courseOf({ points: [point(1, ''), point(2, '0.1'), point(9, '0.3')] }, p0, {
      atMs: 5,
      value: 20,
      families: 9,
    });
    expect(course.baseline).toEqual({ atMs: 2, value: 10, publication: '2' });
    expect(course.points).toEqual([
      { atMs: 1, value: null },
      { atMs: 2, value: 10 },
      { atMs: 5, value: 20 },
    ]);
  });

  it('has nothing to compare with before there is an earlier point', () => {
    const now = { atMs: 5, value: 20, families: 9 };
    expect(courseOf({ points: [] }, p0, now).baseline).toBeNull();
    expect(courseOf(undefined, p0, { atMs: 0, value: null, families: 0 }).points).toEqual([]);
  });
});

describe('a course while a register fills', () => {
  const now = { atMs: 5, value: 20, families: 290_000 };
  const filling = [point(1, '0.5', '866'), point(2, '0.2', '150000'), point(3, '0.1', '289000')];

  it('is compared only with states of about the same size', () => {
    const course = courseOf({ points: filling }, p0, now);
    expect(course.baseline).toEqual({ atMs: 3, value: 10, publication: '3' });
    expect(course.points.map(({ atMs }) => atMs)).toEqual([3, 5]);
    expect(course.leftOut).toBe(2);
  });

  it('shows all of it where the size itself is the measure', () => {
    const families = { ...p0, measure: 'families', unit: 'count' as const };
    expect(courseOf({ points: filling }, families, now).leftOut).toBe(0);
  });
});

describe('a map', () => {
  const area = (code: string, value: number | null) => ({
    code,
    value,
    name: code,
    text: '',
    hint: '',
    suppressed: false,
  });

  it('draws missing areas in no class', () => {
    const classes = classify([area('a', 1), area('b', null), area('c', 9)], 'sequential');
    expect([area('a', 1), area('b', null), area('c', 9)].map(classes.slotOf)).toEqual([0, null, 4]);
  });

  it('writes light text on dark colours of either palette', () => {
    expect([0, 1, 2, 3, 4].map((slot) => isDark('sequential', slot))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    expect([0, 1, 2, 3, 4].map((slot) => isDark('diverging', slot))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(isDark('sequential', null)).toBe(false);
  });

  it('labels the largest part of an area and frames all parts', () => {
    const ring = (x: number, size: number) => [
      [
        [x, 0],
        [x + size, 0],
        [x + size, size],
        [x, size],
        [x, 0],
      ],
    ];
    const feature = {
      type: 'Feature' as const,
      properties: { kode: 'a' },
      geometry: { type: 'MultiPolygon', coordinates: [ring(0, 1), ring(10, 4)] },
    } as never;
    expect(centreOf(feature)).toEqual([12, 2]);
    expect(boundsOf([feature])).toEqual([
      [0, 0],
      [14, 4],
    ]);
  });

  it.each([
    ['33.26.15.2014', '33.26', true],
    ['33.26', '33.26', true],
    ['33.2', '33.26', false],
    ['33.260', '33.26', false],
    ['33.26', '0', true],
  ])('%s lies in %s: %s', (code, region, inside) => {
    expect(isWithin(code, region)).toBe(inside);
  });
});

describe('an export', () => {
  const sheet = {
    name: 'Usulan per desa',
    header: ['Desa', 'Biaya'],
    rows: [
      ['Tirto, "Kulon"', 1200.5],
      ['Depok', null],
    ],
    source: 'Sumber: register.',
  };

  it('quotes what CSV needs quoted, keeps numbers plain and ends with its source', () => {
    expect(toCsv(sheet)).toBe('Desa,Biaya\r\n"Tirto, ""Kulon""",1200.5\r\nDepok,\r\nSumber: register.\r\n');
  });

  it('goes to the clipboard with tabs', () => {
    expect(toTsv(sheet)).toBe('Desa\tBiaya\nTirto, "Kulon"\t1200.5\nDepok\t');
  });

  it('is named after its table', () => {
    expect(fileName(sheet, 'csv')).toBe('usulan-per-desa.csv');
  });
});
