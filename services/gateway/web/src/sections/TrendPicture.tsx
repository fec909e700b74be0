// The course of a measure in the area on screen, with its table behind it.

import type { ComponentChildren } from 'preact';
import { formatMoment } from '../format/dates';
import { formatValue, measureName, unitWord } from '../format/measures';
import { useTrendEvents } from '../parts/trendEvents';
import { Picture } from '../parts/Panel';
import { TrendChart } from '../parts/TrendChart';
import { usePopulation, type LiveFigure } from '../store/figures';
import { useLanguage, useT, useUrl } from '../store/hooks';
import { useSource } from './shared';

interface TrendPictureProps {
  live: LiveFigure;
  title: string;
  height: number;
  class?: string;
  /** Whether the note names unit and comparability; not needed beside a value that tells them. */
  explained?: boolean;
  /** Shown above and below the chart. */
  before?: ComponentChildren;
  after?: ComponentChildren;
}

export function TrendPicture(props: TrendPictureProps) {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const source = useSource();
  const population = usePopulation();
  const { measure, course, shown } = props.live;
  const events = useTrendEvents(region, course.points[0]?.atMs ?? 0, course.points.at(-1)?.atMs ?? 0);
  const name = measureName(measure, language);
  const first = course.points[0];
  const format = (value: number) => formatValue(measure, value, language, population);
  const unit = unitWord(measure, t, population);
  const note = [
    props.explained && unit ? t('trend.unit', { unit: measure.unit === 'percent' ? `% ${unit}` : unit }) : '',
    props.explained && course.leftOut > 0 && first
      ? t('trend.leftOut', { time: formatMoment(first.atMs) })
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
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
        id: 'tren',
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
      note={note || undefined}
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
