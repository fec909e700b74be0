// The course of a measure in the area on screen, with its table behind it.

import type { ComponentChildren } from 'preact';
import { formatMoment } from '../format/dates';
import { formatValue, measureName } from '../format/measures';
import { useTrendEvents } from '../parts/ChangesFeed';
import { Picture } from '../parts/Panel';
import { TrendChart } from '../parts/TrendChart';
import type { LiveFigure } from '../store/figures';
import { useLanguage, useT, useUrl } from '../store/hooks';
import { useSource } from './shared';

interface TrendPictureProps {
  live: LiveFigure;
  title: string;
  height: number;
  class?: string;
  /** Shown above and below the chart. */
  before?: ComponentChildren;
  after?: ComponentChildren;
}

export function TrendPicture(props: TrendPictureProps) {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const source = useSource();
  const events = useTrendEvents(region);
  const { measure, course, shown } = props.live;
  const name = measureName(measure, language);
  const first = course.points[0];
  const format = (value: number) => formatValue(measure, value, language);
  const label = t('trend.label', {
    measure: name,
    value: shown.text,
    time: first ? formatMoment(first.atMs) : '',
  });
  return (
    <Picture
      title={props.title}
      class={props.class}
      quietSource={props.after !== undefined}
      table={{
        name: t('trend.title', { measure: name }),
        caption: t('trend.title', { measure: name }),
        rows: course.points,
        keyOf: (point) => String(point.atMs),
        source,
        height: 240,
        columns: [
          { key: 'at', title: t('column.moment'), value: (point) => formatMoment(point.atMs, true) },
          {
            key: 'value',
            title: name,
            numeric: true,
            value: (point) => point.value,
            cell: (point) => (point.value === null ? t('figure.noData') : format(point.value)),
          },
        ],
      }}
      before={props.before}
      after={props.after}
    >
      <TrendChart
        points={course.points}
        height={props.height}
        label={label}
        format={format}
        events={events}
      />
    </Picture>
  );
}
