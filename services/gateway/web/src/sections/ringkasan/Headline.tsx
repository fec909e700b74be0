import { formatEpochDay } from '../../format/dates';
import { measureName } from '../../format/measures';
import { ChangeLine, DataLine } from '../../parts/FigureCard';
import { Glow } from '../../parts/Glow';
import { Skeleton } from '../../parts/States';
import { useLiveFigure } from '../../store/figures';
import { useLanguage, useT, useUrl } from '../../store/hooks';
import { useFigures } from '../../store/queries';
import { TrendPicture } from '../TrendPicture';

/** The poverty rate, large enough for the far end of the room, with its course. */
export function Headline() {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const figures = useFigures(region);
  const live = useLiveFigure('p0');
  if (!live)
    return (
      <div class="panel headline">
        <Skeleton height={260} />
      </div>
    );
  const { measure, shown } = live;
  const newest = figures.data?.indicators.newestObservation ?? 0;
  return (
    <TrendPicture
      live={live}
      title={measureName(measure, language)}
      height={186}
      class="headline"
      before={
        <div class="headline__row">
          <Glow text={shown.text} title={shown.full || shown.reason} class="headline__value" />
          <ChangeLine figure={live} />
        </div>
      }
      after={
        <p class="card__data">
          <DataLine figure={live} />
          {newest > 0 && <> · {t('figure.newest', { date: formatEpochDay(newest) })}</>}
        </p>
      }
    />
  );
}
