// The children of the area on screen as rows of a map, a table or a ranking.

import { useMemo } from 'preact/hooks';
import type { Figure, Indicators } from '../api/types';
import { displayValue, isComparable, measureName, showFigure } from '../format/measures';
import { formatCount, toCount } from '../format/numbers';
import { figureOf, useMeasure, usePopulation } from './figures';
import { MESSAGES, type MessageKey } from '../messages';
import { useLanguage, useStore, useT, useUrl } from './hooks';
import { useChildFigures, useMeasures, useRegions } from './queries';
import type { MapArea } from '../parts/mapModel';

/** Asked together, so that every view of the children shares one answer. */
export const AREA_MEASURES = [
  'families',
  'persons',
  'poor_persons',
  'p0',
  'p1',
  'p2',
  'coverage',
  'families_in_need',
  'deprived.unfit_house',
  'deprived.inadequate_floor_space',
  'deprived.inadequate_water',
  'deprived.inadequate_sanitation',
  'deprived.no_own_toilet',
  'deprived.no_electricity',
  'deprived.solid_cooking_fuel',
  'deprived.out_of_school',
  'deprived.uninsured',
  'deprived.disability',
  'deprived.low_schooling',
  'deprived.no_civil_document',
  'deprived.malnourished_child',
  'deprived.few_assets',
] as const;

export interface AreaRow {
  code: string;
  name: string;
  families: number;
  figure: Figure | undefined;
  value: number | null;
  suppressed: boolean;
  text: string;
  reason: string;
}

interface Children {
  of: Map<string, Indicators>;
  /** Neither an answer nor a failure yet. */
  loading: boolean;
}

function useChildrenState(publication?: string): Children {
  const { region, measure } = useUrl();
  const known = (AREA_MEASURES as readonly string[]).includes(measure);
  const measures = known ? AREA_MEASURES : [...AREA_MEASURES, measure];
  const { data, problem } = useChildFigures(region, measures, publication);
  const of = useMemo(() => new Map((data?.children ?? []).map((child) => [child.region, child])), [data]);
  return { of, loading: data === undefined && problem === undefined };
}

export function useChildren(publication?: string): Map<string, Indicators> {
  return useChildrenState(publication).of;
}

/** Children of the area with one measure; those without data are rows too. */
export function useAreaRows(measureId: string): { rows: AreaRow[]; loading: boolean } {
  const { region } = useUrl();
  const t = useT();
  const language = useLanguage();
  const measure = useMeasure(measureId);
  const population = usePopulation();
  const regions = useRegions(region || null);
  const { of: children, loading } = useChildrenState();
  if (!regions.data || !measure || loading) return { rows: [], loading: loading || regions.loading };
  const rows = regions.data.regions
    .filter((child) => child.code !== region)
    .map((child) => {
      const indicators = children.get(child.code);
      const figure = figureOf(indicators, measureId);
      const shown = showFigure(measure, figure, t, language, population);
      const families = toCount(figureOf(indicators, 'families')?.value);
      return {
        code: child.code,
        name: child.name,
        families,
        figure,
        value: shown.value,
        suppressed: shown.suppressed,
        text: shown.text,
        reason: shown.reason,
      };
    });
  return { rows, loading: false };
}

export function useMapAreas(rows: AreaRow[]): MapArea[] {
  const t = useT();
  const language = useLanguage();
  return rows.map((row) => ({
    code: row.code,
    name: row.name,
    text: row.text,
    value: row.value,
    suppressed: row.suppressed,
    hint: [row.reason, t('area.open', { n: formatCount(row.families, language, true), count: row.families })]
      .filter(Boolean)
      .join(' · '),
  }));
}

export interface WorseArea {
  code: string;
  families: number;
  before: number;
  now: number;
  /** The need that grew most at the same time, in points; null when none grew. */
  cause: { measure: string; points: number } | null;
}

/** A share as it is printed, so that a rise is one that a reader can see. */
function printed(share: number): number {
  return Math.round(share * 100) / 100;
}

/** Children whose poverty rate rose most since an earlier publication, with what rose beside it. */
export function useWorsened(baselinePublication: string | undefined): WorseArea[] {
  const measure = useMeasure('p0');
  const now = useChildren();
  const before = useChildren(baselinePublication ?? '');
  if (!measure || !baselinePublication) return [];
  const share = (indicators: Indicators | undefined, id: string) => {
    const value = displayValue({ ...measure, measure: id }, figureOf(indicators, id)?.value ?? '');
    return value === null ? null : printed(value);
  };
  const observed = (indicators: Indicators | undefined) =>
    toCount(figureOf(indicators, 'p0')?.observedFamilies);
  const rows: WorseArea[] = [];
  for (const [code, indicators] of now) {
    const then = before.get(code);
    const a = share(then, 'p0');
    const b = share(indicators, 'p0');
    if (a === null || b === null || b <= a) continue;
    if (!isComparable(observed(then), observed(indicators))) continue;
    const causes = AREA_MEASURES.filter((id) => id.startsWith('deprived.') || id === 'p1').flatMap((id) => {
      const points = (share(indicators, id) ?? NaN) - (share(then, id) ?? NaN);
      return points > 0 ? [{ measure: id, points }] : [];
    });
    causes.sort((x, y) => y.points - x.points);
    const families = toCount(figureOf(indicators, 'families')?.value);
    rows.push({ code, families, before: a, now: b, cause: causes[0] ?? null });
  }
  return rows.sort((x, y) => y.now - y.before - (x.now - x.before)).slice(0, 3);
}

/** The name of an area with its kind: `Kec. Tirto`. */
export function useAreaLabel(): (code: string) => string {
  const store = useStore();
  const t = useT();
  return (code) => {
    const region = store.names.find(code);
    const key = `kind.short.${region?.kind ?? ''}`;
    return region && key in MESSAGES.id
      ? t(key as MessageKey, { name: region.name })
      : (region?.name ?? code);
  };
}

export function useMeasureName(): (id: string) => string {
  const t = useT();
  const language = useLanguage();
  const measures = useMeasures();
  return (id) => {
    // Not a measure of its own: the mean of all deprivations, as part of a score.
    if (id === 'deprived') return t('targeting.deprivations');
    const found = measures.find(({ measure }) => measure === id);
    return found ? measureName(found, language) : id;
  };
}
