import { measureName } from '../../format/measures';
import { ChangeLine, DataLine, FigureValue } from '../../parts/FigureCard';
import { Skeleton } from '../../parts/States';
import { useLiveFigure } from '../../store/figures';
import { useLanguage } from '../../store/hooks';
import { TrendPicture } from '../TrendPicture';

/** The poverty rate, large enough for the far end of the room, with its course. */
export function Headline() {
  const language = useLanguage();
  const live = useLiveFigure('p0');
  if (!live)
    return (
      <div class="panel headline">
        <Skeleton height={150} />
      </div>
    );
  return (
    <TrendPicture
      live={live}
      title={measureName(live.measure, language)}
      height={92}
      class="headline"
      before={
        <div class="headline__row">
          <FigureValue figure={live} class="headline__value" />
          <ChangeLine figure={live} />
        </div>
      }
      after={
        <p class="card__data">
          <DataLine figure={live} />
        </p>
      }
    />
  );
}
