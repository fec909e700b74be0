import { formatMoment, formatEpochDay } from '../../format/dates';
import { formatValue, measureName } from '../../format/measures';
import { ChangeLine, DataLine } from '../../parts/FigureCard';
import { Glow } from '../../parts/Glow';
import { Skeleton } from '../../parts/States';
import { TrendChart } from '../../parts/TrendChart';
import { useLiveFigure } from '../../store/figures';
import { useLanguage, useT, useUrl } from '../../store/hooks';
import { useFigures } from '../../store/queries';

/** The poverty rate, large enough for the far end of the room, with its course. */
export function Headline() {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const figures = useFigures(region);
  const live = useLiveFigure('p0');
  if (!live) return <section class="headline panel"><Skeleton height={260} /></section>;
  const { measure, shown, course } = live;
  const name = measureName(measure, language);
  const newest = figures.data?.indicators.newestObservation ?? 0;
  const first = course.points[0];
  const label = t('trend.label', {
    measure: name,
    value: shown.text,
    time: first ? formatMoment(first.atMs) : '',
  });
  return (
    <section class="headline panel" aria-labelledby="headline">
      <h2 id="headline" class="headline__title">{name}</h2>
      <div class="headline__row">
        <Glow text={shown.text} title={shown.full || shown.reason} class="headline__value" />
        <ChangeLine figure={live} />
      </div>
      <TrendChart points={course.points} height={196} label={label} format={(value) => formatValue(measure, value, language)} />
      <p class="card__data">
        <DataLine figure={live} />
        {newest > 0 && <> · {t('figure.newest', { date: formatEpochDay(newest) })}</>}
      </p>
    </section>
  );
}
