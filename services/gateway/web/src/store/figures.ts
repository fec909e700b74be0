// Figures as screens use them: shown value, course, and change since a named moment.

import type { Figure, Indicators, Measure, Population, Trend } from '../api/types';
import {
  displayValue,
  isComparable,
  showChange,
  showFigure,
  type ShownChange,
  type ShownFigure,
} from '../format/measures';
import { toCount } from '../format/numbers';
import { useLanguage, useT, useUrl } from './hooks';
import { useFigures, useMeasures, usePopulations, useTrend } from './queries';

export function figureOf(indicators: Indicators | undefined, measure: string): Figure | undefined {
  return indicators?.figures.find((figure) => figure.measure === measure);
}

export function usePopulation(): Population | undefined {
  const { population } = useUrl();
  return usePopulations().data?.populations.find(({ id }) => id === population);
}

export function useMeasure(id: string): Measure | undefined {
  return useMeasures().find(({ measure }) => measure === id);
}

export interface CoursePoint {
  atMs: number;
  value: number | null;
}

export interface Course {
  /** Points of the period that are comparable with the present, in shown units. */
  points: CoursePoint[];
  /** The first of them with a value: what the change is measured from. */
  baseline: { atMs: number; value: number; publication: string } | null;
  /** Points left out because the register was of another size then. */
  leftOut: number;
}

const SIZE_MEASURES = new Set(['families', 'persons', 'coverage']);

/** The course of a measure, ending with the figure that is on screen now. */
export function courseOf(
  trend: Trend | undefined,
  measure: Measure,
  now: { atMs: number; value: number | null; families: number },
  population?: Population,
): Course {
  // The size of the register is no reason not to compare the size of the register.
  const ofAnySize = SIZE_MEASURES.has(measure.measure);
  const earlier = (trend?.points ?? []).filter((point) => Number(point.atMs) < now.atMs);
  const comparable = earlier.filter(
    (point) => ofAnySize || isComparable(toCount(point.figure.observedFamilies), now.families),
  );
  const points = comparable.map((point) => ({
    atMs: Number(point.atMs),
    value: displayValue(measure, point.figure.value, population),
    publication: point.publication,
  }));
  const first = points.find((point) => point.value !== null);
  const shown: CoursePoint[] = points.map(({ atMs, value }) => ({ atMs, value }));
  if (now.atMs > 0) shown.push({ atMs: now.atMs, value: now.value });
  return {
    points: shown,
    baseline: first ? { ...first, value: first.value as number } : null,
    leftOut: earlier.length - comparable.length,
  };
}

export interface LiveFigure {
  measure: Measure;
  figure: Figure | undefined;
  shown: ShownFigure;
  course: Course;
  change: ShownChange | null;
  /** When the figure was current, and how new the data behind it was then. */
  asOf: { ms: number; newestObservation: number; newestAcceptedMs: number };
  loading: boolean;
}

/** One measure of the area on screen. Undefined while the catalogue is on the way. */
export function useLiveFigure(id: string): LiveFigure | undefined {
  const { region, heldAt } = useUrl();
  const t = useT();
  const language = useLanguage();
  const measure = useMeasure(id);
  const population = usePopulation();
  const figures = useFigures(region);
  const asOfMs = Number(figures.data?.asOfMs ?? 0);
  const trend = useTrend(region, id, heldAt ? asOfMs : 0);
  if (!measure) return undefined;
  const figure = figureOf(figures.data?.indicators, id);
  const shown = showFigure(measure, figure, t, language, population);
  const atMs = heldAt ? asOfMs : Number(figures.data?.indicators.cutAtMs ?? 0);
  const families = toCount(figure?.observedFamilies);
  const course = courseOf(trend.data, measure, { atMs, value: shown.value, families }, population);
  const change =
    course.baseline && shown.value !== null
      ? showChange(measure, shown.value - course.baseline.value, t, language, population)
      : null;
  const indicators = figures.data?.indicators;
  const asOf = {
    ms: atMs,
    newestObservation: indicators?.newestObservation ?? 0,
    newestAcceptedMs: toCount(indicators?.newestAcceptedAtMs),
  };
  return { measure, figure, shown, course, change, asOf, loading: figures.loading };
}
