// A published figure in words: value with unit, change with direction, and why it may be missing.

import type { Figure, Measure, Population } from '../api/types';
import { MESSAGES, wordFor, type Translate } from '../messages';
import type { Language } from '../url/state';
import { formatCount, formatMoney, formatMoneyShort, formatNumber, toCount, toNumber } from './numbers';

/** Fewer observed families than this are not shown, so that no family can be singled out. */
export const SMALL_CELL = 5;

/** P1 and P2 are read times 100, as the statistics office prints them; other indices as they are. */
function isHundredfold(measure: Measure): boolean {
  return measure.unit === 'percent' || ['p1', 'p2'].includes(measure.measure);
}

/** Decimals on screen; the catalogue counts those of the published quotient. */
function decimalsOf(measure: Measure): number {
  return isHundredfold(measure) ? 2 : Math.min(measure.decimals, 3);
}

/** Currency and period of a population's welfare: `Rp`, `orang/bulan`. */
export function welfareUnit(population?: Population): { currency: string; period: string } {
  const [currency = '', ...period] = (population?.welfareUnit ?? '').split('/');
  return { currency: currency || 'Rp', period: period.join('/') };
}

/** Welfare of a family or a line, unscaled; null when unknown. */
export function welfareAmount(text: string | undefined, population?: Population): number | null {
  const value = toNumber(text);
  return value === null ? null : value / 10 ** (population?.welfareDecimals ?? 0);
}

/** The number people read: times 100 for shares, P1 and P2, rupiah for its scaled integer. */
export function displayValue(measure: Measure, text: string, population?: Population): number | null {
  if (measure.unit === 'rupiah') return welfareAmount(text, population);
  const value = toNumber(text);
  if (value === null) return null;
  return isHundredfold(measure) ? value * 100 : value;
}

export function isSuppressed(measure: Measure, figure: Figure): boolean {
  if (figure.value === '') return false;
  if (measure.unit === 'count') {
    const value = Number(figure.value);
    return value > 0 && value < SMALL_CELL;
  }
  return toCount(figure.observedFamilies) < SMALL_CELL;
}

/** A shown number with its sign, for example `8,05%` or `Rp 1,2 jt`. */
export function formatValue(
  measure: Measure,
  value: number,
  language: Language,
  population?: Population,
): string {
  switch (measure.unit) {
    case 'percent':
      return `${formatNumber(value, decimalsOf(measure), language)}%`;
    case 'rupiah':
      return formatMoneyShort(value, welfareUnit(population).currency, language);
    case 'count':
      return formatCount(value, language);
    default:
      return formatNumber(value, decimalsOf(measure), language);
  }
}

/** The size of a difference without sign; shares, P1 and P2 in points, so without per cent. */
export function formatSize(
  measure: Measure,
  difference: number,
  language: Language,
  population?: Population,
): string {
  return isHundredfold(measure)
    ? formatNumber(Math.abs(difference), decimalsOf(measure), language)
    : formatValue(measure, Math.abs(difference), language, population);
}

function formatFull(measure: Measure, value: number, language: Language, population?: Population): string {
  return measure.unit === 'rupiah'
    ? formatMoney(value, welfareUnit(population).currency, language)
    : formatValue(measure, value, language);
}

/** Whether a measure counts persons; the others count families. */
function countsPersons(measure: string): boolean {
  return (
    ['persons', 'poor_persons', 'p0', 'mpi.h'].includes(measure) ||
    ['decile_persons.', 'mpi.censored.'].some((group) => measure.startsWith(group))
  );
}

/** What the number counts: `orang`, `keluarga`, `dari penduduk`; empty for plain numbers. */
export function unitWord(measure: Measure, t: Translate, population?: Population): string {
  const persons = countsPersons(measure.measure);
  switch (measure.unit) {
    case 'count':
      return persons ? t('unit.persons') : t('unit.families');
    case 'percent':
      if (measure.measure === 'bottom40_welfare_share') return t('unit.ofWelfare');
      if (measure.measure === 'mpi.a' || measure.measure.startsWith('mpi.contribution.')) return '';
      return persons ? t('unit.ofPersons') : t('unit.ofFamilies');
    case 'index':
      return t('unit.index');
    case 'rupiah':
      return wordFor(t, 'unit.period', welfareUnit(population).period);
    default:
      return '';
  }
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
  const text = formatValue(measure, value, language, population);
  return {
    text,
    full: formatFull(measure, value, language, population),
    value,
    reason: '',
    suppressed: false,
  };
}

function missingReason(figure: Figure | undefined, t: Translate, language: Language): string {
  const unknown = toCount(figure?.unknownFamilies);
  if (unknown > 0) return t('figure.missingUnknown', { n: formatCount(unknown, language), count: unknown });
  return t('figure.missingNone');
}

/** Registers that differ by more than this are not compared: one of them was still filling. */
const COMPARABLE = { share: 0.02, families: 5 };

/** Whether a figure may be compared with one of today, by the families behind them. */
export function isComparable(familiesThen: number, familiesNow: number): boolean {
  const most = Math.max(COMPARABLE.share * familiesNow, COMPARABLE.families);
  return familiesThen > 0 && Math.abs(familiesThen - familiesNow) <= most;
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
  population?: Population,
): ShownChange {
  const size = formatSize(measure, difference, language, population);
  const amount = isHundredfold(measure) ? t('change.points', { n: size }) : size;
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

/** A name for narrow places where there is one, else the whole name. */
export function shortMeasureName(measure: Measure, t: Translate, language: Language): string {
  const key = `short.${measure.measure}`;
  return key in MESSAGES.id ? wordFor(t, 'short', measure.measure) : measureName(measure, language);
}

export function measureName(measure: Measure, language: Language): string {
  return language === 'id' ? measure.nameId : measure.nameEn;
}
