// A figure is never alone: value, unit, change since a named moment, and from how much data.

import { formatMoment } from '../format/dates';
import { formatCount, formatNumber, toCount } from '../format/numbers';
import { measureName, shortMeasureName } from '../format/measures';
import { useLiveFigure, usePopulation, type LiveFigure } from '../store/figures';
import { useLanguage, useT, useUrl } from '../store/hooks';
import { Go } from './Controls';
import { Glow } from './Glow';
import { Sparkline } from './Sparkline';
import { Skeleton } from './States';

export function ChangeLine({ figure }: { figure: LiveFigure }) {
  const t = useT();
  const { change, course } = figure;
  if (!change || !course.baseline) return <p class="change change--neutral">{t('change.none')}</p>;
  return (
    <p class={`change change--${change.trend}`}>
      <span class="change__what">
        <span aria-hidden="true">{change.arrow}</span> {change.text}
        {change.verdict && <strong> · {change.verdict}</strong>}
      </span>
      <span class="change__since">{t('change.since', { time: formatMoment(course.baseline.atMs) })}</span>
    </p>
  );
}

/** From how much data, and how sure: complete register or sample. Short where space is dear. */
export function DataLine({ figure, short = false }: { figure: LiveFigure; short?: boolean }) {
  const t = useT();
  const language = useLanguage();
  const population = usePopulation();
  const observed = toCount(figure.figure?.observedFamilies);
  const unknown = toCount(figure.figure?.unknownFamilies);
  if (observed + unknown === 0) return <>{figure.shown.reason}</>;
  const places = {
    n: formatCount(observed, language),
    count: observed,
    coverage: formatNumber((100 * observed) / (observed + unknown), 1, language),
  };
  const full = population?.sample ? t('figure.fromSample', places) : t('figure.fromRegister', places);
  return short ? <span title={full}>{t('figure.short', places)}</span> : <>{full}</>;
}

export function FigureCard({ measure: id }: { measure: string }) {
  const language = useLanguage();
  const { region } = useUrl();
  const figure = useLiveFigure(id);
  if (!figure || (figure.loading && !figure.figure))
    return (
      <div class="card">
        <Skeleton lines={3} />
      </div>
    );
  const { measure, shown, course } = figure;
  const values = course.points.flatMap(({ value }) => (value === null ? [] : [value]));
  return (
    <article class="card">
      <h3 class="card__title" title={measureName(measure, language)}>
        <Go to={{ section: 'peta', region, measure: id }}>{shortMeasureName(measure, language)}</Go>
      </h3>
      <div class="card__figure">
        <Glow
          text={shown.text}
          title={shown.full || shown.reason}
          class={shown.value === null ? 'card__value card__value--none' : 'card__value'}
        />
        <Sparkline values={values} />
      </div>
      <ChangeLine figure={figure} />
      <p class="card__data">
        <DataLine figure={figure} short />
      </p>
    </article>
  );
}
