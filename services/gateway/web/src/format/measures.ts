// A published figure in words: value with unit, change with direction, and why it may be missing.

import type { Figure, Measure, Population } from '../api/types';
import type { Translate } from '../messages';
import type { Language } from '../url/state';
import { formatCount, formatNumber, formatRupiah, formatRupiahShort, toCount, toNumber } from './numbers';

/** Fewer observed families than this are not shown, so that no family can be singled out. */
export const SMALL_CELL = 5;

/**
 * Decimals on screen; the catalogue counts those of the published quotient. Shares and indices are
 * read times 100 with two decimals, as the statistics office prints P0, P1 and P2.
 */
function decimalsOf(measure: Measure): number {
  return measure.unit === 'percent' || measure.unit === 'index' ? 2 : Math.min(measure.decimals, 3);
}

/** The number people read: times 100 for shares and indices, rupiah for its scaled integer. */
export function displayValue(measure: Measure, text: string, population?: Population): number | null {
  const value = toNumber(text);
  if (value === null) return null;
  if (measure.unit === 'percent' || measure.unit === 'index') return value * 100;
  if (measure.unit === 'rupiah') return value / 10 ** (population?.welfareDecimals ?? 0);
  return value;
}

export function isSuppressed(measure: Measure, figure: Figure): boolean {
  if (figure.value === '') return false;
  if (measure.unit === 'count') {
    const value = Number(figure.value);
    return value > 0 && value < SMALL_CELL;
  }
  return toCount(figure.observedFamilies) < SMALL_CELL;
}

/** A shown number with its unit, for example `8,05%` or `Rp 1,2 jt`. */
export function formatValue(measure: Measure, value: number, language: Language): string {
  switch (measure.unit) {
    case 'percent':
      return `${formatNumber(value, decimalsOf(measure), language)}%`;
    case 'rupiah':
      return formatRupiahShort(value, language);
    case 'count':
      return formatCount(value, language);
    default:
      return formatNumber(value, decimalsOf(measure), language);
  }
}

/** The size of a difference without sign; shares and indices in points, so without per cent. */
export function formatSize(measure: Measure, difference: number, language: Language): string {
  const plain = measure.unit === 'percent' || measure.unit === 'index';
  return plain
    ? formatNumber(Math.abs(difference), decimalsOf(measure), language)
    : formatValue(measure, Math.abs(difference), language);
}

export function formatFull(measure: Measure, value: number, language: Language): string {
  return measure.unit === 'rupiah'
    ? formatRupiah(Math.round(value), language)
    : formatValue(measure, value, language);
}

export interface ShownFigure {
  text: string;
  /** The unrounded amount, for focus and hover. */
  full: string;
  /** Null when missing or suppressed. */
  value: number | null;
  /** Why there is no value; empty when there is one. */
  reason: string;
  suppressed: boolean;
}

export function showFigure(
  measure: Measure,
  figure: Figure | undefined,
  t: Translate,
  language: Language,
  population?: Population,
): ShownFigure {
  const value = figure ? displayValue(measure, figure.value, population) : null;
  if (!figure || value === null) {
    return {
      text: t('figure.noData'),
      full: '',
      value: null,
      reason: missingReason(figure, t, language),
      suppressed: false,
    };
  }
  if (isSuppressed(measure, figure)) {
    return { text: '< 5', full: '', value: null, reason: t('figure.suppressed'), suppressed: true };
  }
  const text = formatValue(measure, value, language);
  return { text, full: formatFull(measure, value, language), value, reason: '', suppressed: false };
}

function missingReason(figure: Figure | undefined, t: Translate, language: Language): string {
  const unknown = toCount(figure?.unknownFamilies);
  if (unknown > 0) return t('figure.missingUnknown', { n: formatCount(unknown, language), count: unknown });
  return t('figure.missingNone');
}

export type Trend = 'better' | 'worse' | 'steady' | 'neutral';

export interface ShownChange {
  /** `turun 0,12 poin` */
  text: string;
  /** `membaik`, `memburuk`, or empty where the measure has no direction. */
  verdict: string;
  arrow: '▲' | '▼' | '=';
  trend: Trend;
}

/** A difference as a word and an arrow; equal after rounding is "tetap". */
export function showChange(
  measure: Measure,
  difference: number,
  t: Translate,
  language: Language,
): ShownChange {
  const size = formatSize(measure, difference, language);
  const points = measure.unit === 'percent' || measure.unit === 'index';
  const amount = points ? t('change.points', { n: size }) : size;
  if (!/[1-9]/.test(amount)) {
    return { text: t('change.steady'), verdict: '', arrow: '=', trend: 'steady' };
  }
  const up = difference > 0;
  const text = up ? t('change.up', { n: amount }) : t('change.down', { n: amount });
  const arrow = up ? '▲' : '▼';
  if (measure.direction === 0) return { text, verdict: '', arrow, trend: 'neutral' };
  const better = difference * measure.direction > 0;
  return {
    text,
    verdict: better ? t('change.better') : t('change.worse'),
    arrow,
    trend: better ? 'better' : 'worse',
  };
}

/** The name with its short sign in front, for narrow places: `P1 · Indeks kedalaman kemiskinan`. */
export function shortMeasureName(measure: Measure, language: Language): string {
  return measureName(measure, language).replace(/^(.*) \((P\d)\)$/, '$2 · $1');
}

export function measureName(measure: Measure, language: Language): string {
  return language === 'id' ? measure.nameId : measure.nameEn;
}
