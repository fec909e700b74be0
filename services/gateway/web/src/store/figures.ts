// Figures as screens use them: shown value, course, and change since a named moment.

import type { Figure, Indicators, Measure, Population, Trend } from '../api/types';
import { displayValue, showChange, showFigure, type ShownChange, type ShownFigure } from '../format/measures';
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

export interface Course {
  points: { atMs: number; value: number | null }[];
  /** First known point of the period: what the change is measured from. */
  baseline: { atMs: number; value: number; publication: string } | null;
}

/** Points in shown units, ending with the figure that is on screen now. */
export function courseOf(
  trend: Trend | undefined,
  measure: Measure,
  now: { atMs: number; value: number | null },
  population?: Population,
): Course {
  const points = (trend?.points ?? []).map((point) => ({
    atMs: Number(point.atMs),
    value: displayValue(measure, point.figure.value, population),
    publication: point.publication,
  }));
  const first = points.find((point) => point.value !== null && point.atMs < now.atMs);
  const shown = points.filter((point) => point.atMs < now.atMs).map(({ atMs, value }) => ({ atMs, value }));
  if (now.atMs > 0) shown.push(now);
  const baseline =
    first && first.value !== null
      ? { atMs: first.atMs, value: first.value, publication: first.publication }
      : null;
  return { points: shown, baseline };
}

export interface LiveFigure {
  measure: Measure;
  figure: Figure | undefined;
  shown: ShownFigure;
  course: Course;
  change: ShownChange | null;
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
  const course = courseOf(trend.data, measure, { atMs, value: shown.value }, population);
  const change =
    course.baseline && shown.value !== null
      ? showChange(measure, shown.value - course.baseline.value, t, language)
      : null;
  return { measure, figure, shown, course, change, loading: figures.loading };
}
