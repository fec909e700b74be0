import { describe, expect, it } from 'vitest';
import type { Figure, Measure, Population } from '../src/api/types';
import {
  displayValue,
  isComparable,
  showChange,
  showFigure,
  shortMeasureName,
  unitWord,
} from '../src/format/measures';
import { translator } from '../src/messages';

const t = translator('id');

function measure(change: Partial<Measure>): Measure {
  return {
    measure: 'p0',
    nameId: 'Persentase (P0)',
    nameEn: 'Rate (P0)',
    unit: 'percent',
    direction: -1,
    decimals: 6,
    ...change,
  };
}

function figure(change: Partial<Figure>): Figure {
  return {
    measure: 'p0',
    numerator: '1',
    denominator: '2',
    value: '0.080501',
    unknownFamilies: '0',
    observedFamilies: '290',
    ...change,
  };
}

function population(welfareUnit: string): Population {
  return { id: 'x', name: '', welfareDecimals: 0, weightDecimals: 0, welfareUnit, sample: false };
}

describe('figures', () => {
  it.each([
    ['percent', '0.080501', '8,05%'],
    ['count', '90684', '90.684'],
    ['rupiah', '1120000', 'Rp 1,1 jt'],
    ['score', '13.482100', '13,482'],
  ] as const)('a value of unit %s published as %s reads %s', (unit, value, text) => {
    expect(
      showFigure(measure({ unit, decimals: unit === 'count' ? 0 : 6 }), figure({ value }), t, 'id').text,
    ).toBe(text);
  });

  it.each([
    ['p1', 'index', '0.013400', '1,34'],
    ['gini', 'index', '0.259594', '0,260'],
    ['palma', 'index', '1.0412', '1,041'],
  ] as const)('%s reads as the statistics office prints it', (id, unit, value, text) => {
    expect(showFigure(measure({ measure: id, unit }), figure({ value }), t, 'id').text).toBe(text);
  });

  it('unscales welfare by the decimals of its population', () => {
    const population = {
      id: 'eusilc',
      name: '',
      welfareDecimals: 2,
      weightDecimals: 0,
      welfareUnit: '',
      sample: true,
    };
    expect(displayValue(measure({ unit: 'rupiah' }), '1085924', population)).toBe(10859.24);
  });

  it('prints missing as "tidak ada data" with the reason, never as zero', () => {
    expect(showFigure(measure({}), undefined, t, 'id')).toMatchObject({
      text: 'tidak ada data',
      value: null,
      reason: t('figure.missingNone'),
    });
    const unknown = showFigure(
      measure({}),
      figure({ value: '', observedFamilies: '0', unknownFamilies: '12' }),
      t,
      'id',
    );
    expect(unknown).toMatchObject({
      text: 'tidak ada data',
      value: null,
      reason: 'Jawaban 12 keluarga belum diketahui.',
    });
  });

  it.each([
    ['a count of three', measure({ unit: 'count' }), figure({ value: '3' })],
    ['a rate over four families', measure({}), figure({ observedFamilies: '4' })],
  ])('suppresses %s as "< 5" and keeps its value to itself', (_, of, shown) => {
    expect(showFigure(of, shown, t, 'id')).toMatchObject({
      text: '< 5',
      value: null,
      full: '',
      suppressed: true,
    });
  });

  it.each([
    [-1, -0.12, '▼', 'turun 0,12 poin', 'membaik', 'better'],
    [-1, 0.12, '▲', 'naik 0,12 poin', 'memburuk', 'worse'],
    [1, 0.5, '▲', 'naik 0,50 poin', 'membaik', 'better'],
    [1, -0.5, '▼', 'turun 0,50 poin', 'memburuk', 'worse'],
    [0, 0.5, '▲', 'naik 0,50 poin', '', 'neutral'],
    [-1, 0.001, '=', 'tetap', '', 'steady'],
  ] as const)(
    'with direction %d a difference of %d says %s %s %s',
    (direction, difference, arrow, text, verdict, trend) => {
      expect(showChange(measure({ direction }), difference, t, 'id')).toEqual({
        arrow,
        text,
        verdict,
        trend,
      });
    },
  );

  it('has a shorter name where space is narrow, if there is one', () => {
    expect(shortMeasureName(measure({ measure: 'p1', nameId: 'Indeks kedalaman' }), t, 'id')).toBe(
      'Kedalaman (P1)',
    );
    expect(shortMeasureName(measure({ measure: 'deprived.x', nameId: 'Rumah tidak layak' }), t, 'id')).toBe(
      'Rumah tidak layak',
    );
  });

  it.each([
    ['p0', 'percent', 'penduduk'],
    ['deprived.unfit_house', 'percent', 'keluarga'],
    ['poor_persons', 'count', 'orang'],
    ['families_in_need', 'count', 'keluarga'],
    ['mpi.h', 'percent', 'penduduk'],
    ['mpi.censored.uninsured', 'percent', 'penduduk'],
    ['mpi.a', 'percent', ''],
    ['mpi.contribution.uninsured', 'percent', ''],
    ['p1', 'index', 'indeks'],
    ['mean_welfare', 'rupiah', 'per orang per bulan'],
    ['score_mean', 'score', ''],
  ] as const)('of %s say what is counted: %s of %s', (id, unit, word) => {
    expect(unitWord(measure({ measure: id, unit }), t, population('Rp/orang/bulan'))).toBe(word);
  });

  it.each([
    ['Rp/orang/bulan', 'Rp 1,1 jt'],
    ['EUR/orang/tahun', '1.120.000 EUR'],
  ])('show welfare in the money of their population: %s', (welfareUnit, text) => {
    const shown = showFigure(
      measure({ unit: 'rupiah' }),
      figure({ value: '1120000' }),
      t,
      'id',
      population(welfareUnit),
    );
    expect(shown.text).toBe(text);
  });

  it.each([
    [290_000, 290_000, true],
    [285_000, 290_000, true],
    [284_000, 290_000, false],
    [296_000, 290_000, false],
    [866, 290_000, false],
    [38, 40, true],
    [0, 3, false],
  ])('of %d families are compared with those of %d: %s', (then, now, comparable) => {
    expect(isComparable(then, now)).toBe(comparable);
  });
});
