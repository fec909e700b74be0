// Small models behind screens: arrivals, corrections, held order, classes of a map, exports.

import { describe, expect, it } from 'vitest';
import type { FamilyStanding, Plans } from '../src/api/types';
import { fileName, toCsv, toTsv } from '../src/parts/exports';
import { boundsOf, centreOf } from '../src/parts/geometry';
import { classify, isDark } from '../src/parts/mapModel';
import { arrivalOf } from '../src/sections/data/arrivalsModel';
import { approvedCourse } from '../src/sections/ringkasan/moneyModel';
import { asked } from '../src/sections/sasaran/correction';
import {
  betterOffPercent,
  differing,
  distanceToLine,
  nearestDeciles,
  placePercent,
  ranksOf,
} from '../src/sections/sasaran/standingModel';
import {
  changesOf,
  factorOf,
  isAdoptable,
  isNothing,
  nameOf,
  percentOf,
  UNCHANGED,
  type InForce,
} from '../src/sections/simulasi/changesForm';
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
  it('are asked as numbers; an empty one makes the answer unknown', () => {
    const corrections = [
      { variable: 'floor', text: '8' },
      { variable: 'roof', text: '' },
    ];
    expect(asked(corrections)).toEqual([{ variable: 'floor', value: 8 }, { variable: 'roof' }]);
  });

  it('are left out while they are half typed', () => {
    expect(asked([{ variable: 'members', text: '-' }])).toEqual([]);
  });
});

describe('the standing of a family', () => {
  const standing = (over: Partial<FamilyStanding>): FamilyStanding => ({
    size: 4,
    welfare: '400',
    scoreMicro: '1',
    decile: 3,
    percentile: 25,
    poor: true,
    povertyLine: '500',
    povertyLineVersion: '1',
    ranks: [
      { region: '33.26.01', rank: '2', rankedFamilies: '10' },
      { region: '0', rank: '50', rankedFamilies: '200' },
    ],
    boundaries: [
      { boundary: 'decile.1', distance: '-90', families: '30' },
      { boundary: 'decile.2', distance: '-10', families: '9' },
      { boundary: 'decile.3', distance: '40', families: '11' },
      { boundary: 'decile.4', distance: '80', families: '31' },
      { boundary: 'poverty_line', distance: '100' },
    ],
    variables: [],
    rules: [],
    programmes: [],
    ...over,
  });

  it('is told from the nation down to the village', () => {
    expect(ranksOf(standing({})).map(({ region }) => region)).toEqual(['0', '33.26.01']);
  });

  it('has a place among all, unknown without a rank and never the first', () => {
    expect(placePercent(standing({}))).toBe(24.75);
    expect(placePercent(standing({ ranks: [] }))).toBeNull();
  });

  it('never says that all others are better off', () => {
    expect(betterOffPercent({ region: '0', rank: '1', rankedFamilies: '2993' })).toBe(99.9);
  });

  it('names the decile boundaries on both sides', () => {
    expect(nearestDeciles(standing({})).map(({ boundary }) => boundary)).toEqual(['decile.2', 'decile.3']);
  });

  it('tells the distance to the line, and nothing where there is no line', () => {
    expect(distanceToLine(standing({}))).toEqual({ amount: -100, percent: -20 });
    const { povertyLine: _, ...without } = standing({});
    expect(distanceToLine(without)).toBeNull();
  });

  it('differs from another in the rules whose answer changed', () => {
    const before = [
      { rule: 'a', result: 'true' },
      { rule: 'b', result: 'false' },
    ];
    const after = [
      { rule: 'a', result: 'false' },
      { rule: 'b', result: 'false' },
    ];
    expect(differing(before, after, ({ rule }) => rule)).toEqual([
      { key: 'a', before: 'true', after: 'false' },
    ]);
  });
});

describe('a what-if', () => {
  const now: InForce = {
    population: 'register',
    decileBy: 'families',
    modelId: 'demo',
    ruleSet: 'bps-2019',
    programmes: [
      { id: 'rtlh', rule: { needs: ['unfit_house'], decileMax: 4, poorOnly: false, parts: [] } },
    ] as unknown as InForce['programmes'],
  };

  it('asks for what differs only', () => {
    expect(isNothing(changesOf(UNCHANGED, now))).toBe(true);
    expect(changesOf({ ...UNCHANGED, linePercent: '97,5' }, now)).toEqual({ linePercent: '97.5' });
    expect(changesOf({ ...UNCHANGED, ruleSet: 'bps-2019' }, now)).toEqual({});
    expect(changesOf({ ...UNCHANGED, decileBy: 'persons' }, now).settings).toMatchObject({
      decileBy: 'persons',
      modelId: 'demo',
    });
  });

  it('changes one part of the rule of a programme and keeps the others', () => {
    const { programmes } = changesOf({ ...UNCHANGED, programme: 'rtlh', decileMax: '5' }, now);
    expect(programmes).toEqual([
      {
        programmeId: 'rtlh',
        rule: { needs: ['unfit_house'], decileMax: 5, poorOnly: false, parts: [] },
      },
    ]);
  });

  it.each([
    ['103.5', '1.035'],
    ['97.5', '0.975'],
    ['50', '0.5'],
    ['110', '1.1'],
    ['1000', '10'],
    ['1', '0.01'],
  ])('writes %s per cent as the factor %s without rounding', (percent, factor) => {
    expect(factorOf(percent)).toBe(factor);
  });

  it.each([
    ['110', '110'],
    ['97,5', '97.5'],
    ['0', null],
    ['-5', null],
    ['abc', null],
    ['1001', null],
  ])('reads %s as a percentage', (text, percent) => {
    expect(percentOf(text)).toBe(percent);
  });

  it('can become the rule where it changes lines, models or ranking only', () => {
    expect(isAdoptable({ programmes: [], ruleSet: '', weights: [] })).toBe(true);
    expect(isAdoptable({ programmes: [], ruleSet: 'sdg-2019', weights: [] })).toBe(false);
  });

  it('gets a name of letters, digits and hyphens', () => {
    expect(nameOf(' Garis naik 10% ')).toBe('garis-naik-10');
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
