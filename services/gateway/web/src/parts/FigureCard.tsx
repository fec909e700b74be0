// A figure is never alone: value, unit, change since a named moment, and behind it how it was made.

import { formatEpochDay, formatMoment, formatSince } from '../format/dates';
import { measureName, shortMeasureName, unitWord } from '../format/measures';
import { formatCount, formatNumber, toCount } from '../format/numbers';
import { useLiveFigure, usePopulation, type LiveFigure } from '../store/figures';
import { useLanguage, useStore, useT, useUrl } from '../store/hooks';
import { Go } from './Controls';
import { Facts, type Fact } from './Facts';
import { Glow } from './Glow';
import { Hint } from './Hint';
import { Sparkline } from './Sparkline';
import { Skeleton } from './States';

export function ChangeLine({ figure }: { figure: LiveFigure }) {
  const t = useT();
  const store = useStore();
  const { change, course } = figure;
  if (!change || !course.baseline) return <p class="change change--neutral">{t('change.none')}</p>;
  return (
    <p class={`change change--${change.trend}`}>
      <span aria-hidden="true">{change.arrow}</span> {change.text}
      {change.verdict && <strong> · {change.verdict}</strong>}{' '}
      <span class="change__since">
        {t('change.since', { time: formatSince(course.baseline.atMs, store.nowMs.value) })}
      </span>
    </p>
  );
}

/** How many families are behind a figure, and which share of those recorded. */
function coverageOf(figure: LiveFigure): { observed: number; unknown: number; share: number } {
  const observed = toCount(figure.figure?.observedFamilies);
  const unknown = toCount(figure.figure?.unknownFamilies);
  return { observed, unknown, share: observed + unknown > 0 ? (100 * observed) / (observed + unknown) : 0 };
}

/** From how much data, and how sure: complete register or sample. */
export function DataLine({ figure }: { figure: LiveFigure }) {
  const t = useT();
  const language = useLanguage();
  const population = usePopulation();
  const { observed, unknown, share } = coverageOf(figure);
  if (observed + unknown === 0) return <>{figure.shown.reason}</>;
  const places = {
    n: formatCount(observed, language),
    count: observed,
    coverage: formatNumber(share, 1, language),
  };
  return <>{population?.sample ? t('figure.fromSample', places) : t('figure.fromRegister', places)}</>;
}

/** Everything that belongs to a figure: full value, fraction, data behind it, and its moments. */
function FigureDetails({ figure }: { figure: LiveFigure }) {
  const t = useT();
  const language = useLanguage();
  const { measure, shown, asOf } = figure;
  const { unknown } = coverageOf(figure);
  const facts: Fact[] = [];
  const add = (name: string, value: string) => value !== '' && facts.push({ name, value });
  add(t('figure.value'), shown.full);
  if (measure.unit === 'percent' && figure.figure && shown.value !== null) {
    const whole = (text: string) => formatNumber(Number(text), 0, language);
    add(
      t('figure.fraction'),
      t('figure.of', { n: whole(figure.figure.numerator), total: whole(figure.figure.denominator) }),
    );
  }
  if (unknown > 0)
    add(t('column.unknown'), t('figure.families', { n: formatCount(unknown, language), count: unknown }));
  if (asOf.ms > 0) add(t('figure.asOf'), formatMoment(asOf.ms, true));
  if (asOf.newestObservation > 0) add(t('figure.observed'), formatEpochDay(asOf.newestObservation));
  if (asOf.newestAcceptedMs > 0) add(t('figure.accepted'), formatMoment(asOf.newestAcceptedMs));
  const { course } = figure;
  return (
    <>
      <strong>{measureName(measure, language)}</strong>
      {shown.value === null && <span>{shown.reason}</span>}
      <span>
        <DataLine figure={figure} />
      </span>
      <Facts facts={facts} narrow />
      {course.leftOut > 0 && course.baseline && (
        <span>{t('trend.leftOut', { time: formatMoment(course.baseline.atMs) })}</span>
      )}
    </>
  );
}

/** The value, large, with its unit; details on focus. */
export function FigureValue({ figure, class: name }: { figure: LiveFigure; class: string }) {
  const t = useT();
  const population = usePopulation();
  const { measure, shown } = figure;
  const unit = unitWord(measure, t, population);
  return (
    <Hint details={<FigureDetails figure={figure} />}>
      <Glow text={shown.text} class={shown.value === null ? `${name} ${name}--none` : name} />
      {unit !== '' && shown.text !== '' && <span class="unit"> {unit}</span>}
    </Hint>
  );
}

export function FigureCard({ measure: id }: { measure: string }) {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const figure = useLiveFigure(id);
  if (!figure || (figure.loading && !figure.figure))
    return (
      <div class="card">
        <Skeleton lines={3} />
      </div>
    );
  const { measure, course } = figure;
  const values = course.points.flatMap(({ value }) => (value === null ? [] : [value]));
  return (
    <article class="card">
      <h3 class="card__title" title={measureName(measure, language)}>
        <Go to={{ section: 'peta', region, measure: id }}>{shortMeasureName(measure, t, language)}</Go>
      </h3>
      <div class="card__figure">
        <FigureValue figure={figure} class="card__value" />
        <Sparkline values={values} />
      </div>
      <ChangeLine figure={figure} />
    </article>
  );
}
