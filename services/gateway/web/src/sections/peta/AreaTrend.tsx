import { shortMeasureName } from '../../format/measures';
import { Skeleton } from '../../parts/States';
import { useLiveFigure } from '../../store/figures';
import { useLanguage, useT } from '../../store/hooks';
import { TrendPicture } from '../TrendPicture';

/** The course of the measure on the map, for the whole area. */
export function AreaTrend({ measureId }: { measureId: string }) {
  const t = useT();
  const language = useLanguage();
  const live = useLiveFigure(measureId);
  if (!live)
    return (
      <div class="panel">
        <Skeleton height={200} />
      </div>
    );
  return (
    <TrendPicture
      live={live}
      title={t('trend.title', { measure: shortMeasureName(live.measure, t, language) })}
      height={210}
      explained
    />
  );
}
