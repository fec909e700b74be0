import { formatMoment } from '../../format/dates';
import { formatValue, measureName } from '../../format/measures';
import { Picture } from '../../parts/Panel';
import { Skeleton } from '../../parts/States';
import { TrendChart } from '../../parts/TrendChart';
import { useLiveFigure } from '../../store/figures';
import { useLanguage, useT } from '../../store/hooks';
import { useSource } from '../shared';

/** The course of a measure in the area on screen, with its table. */
export function AreaTrend({ measureId }: { measureId: string }) {
  const t = useT();
  const language = useLanguage();
  const source = useSource();
  const live = useLiveFigure(measureId);
  if (!live) return <div class="panel"><Skeleton height={200} /></div>;
  const { measure, course, shown } = live;
  const name = measureName(measure, language);
  const title = t('trend.title', { measure: name });
  const first = course.points[0];
  const label = t('trend.label', { measure: name, value: shown.text, time: first ? formatMoment(first.atMs) : '' });
  return (
    <Picture
      title={title}
      table={{
        name: title,
        caption: title,
        rows: course.points,
        keyOf: (point) => String(point.atMs),
        source,
        height: 260,
        columns: [
          { key: 'at', title: t('column.moment'), value: (point) => formatMoment(point.atMs, true) },
          {
            key: 'value',
            title: name,
            numeric: true,
            value: (point) => point.value,
            cell: (point) => (point.value === null ? t('figure.noData') : formatValue(measure, point.value, language)),
          },
        ],
      }}
    >
      <TrendChart points={course.points} height={210} label={label} format={(value) => formatValue(measure, value, language)} />
    </Picture>
  );
}
