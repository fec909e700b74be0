// A measure over time (uPlot, loaded when the first chart appears).

import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { formatDay, formatMoment, formatTime } from '../format/dates';
import { valueRange } from '../format/ranges';

export interface TrendPointShown {
  atMs: number;
  value: number | null;
}

/** Something that happened and may explain a step: a new line, a new model. */
interface ShownEvent {
  atMs: number;
  label: string;
}

interface TrendChartProps {
  points: TrendPointShown[];
  height: number;
  /** Subject, unit and last value for people who do not see the picture. */
  label: string;
  format: (value: number) => string;
  events?: ShownEvent[];
}

function cssColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function timeLabels(span: number): (ms: number) => string {
  if (span > 3 * 86_400_000) return (ms) => formatDay(ms).slice(0, 5);
  return span < 600_000 ? (ms) => formatTime(ms, true) : (ms) => formatTime(ms);
}

/** Events as dashed lines with their names, latest last. */
function drawEvents(chart: uPlot, events: ShownEvent[]): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = cssColour('--ink-2');
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  for (const { atMs, label } of events) {
    const x = chart.valToPos(atMs, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    const room = bbox.left + bbox.width - x;
    ctx.textAlign = room < ctx.measureText(label).width + 8 * ratio ? 'right' : 'left';
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(label, x + (ctx.textAlign === 'left' ? 4 : -4) * ratio, bbox.top + 10 * ratio);
  }
  ctx.restore();
}

function options(props: TrendChartProps, width: number, readout: HTMLElement): uPlot.Options {
  const ink = cssColour('--ink-2');
  const line = cssColour('--line');
  const accent = cssColour('--accent');
  const axis = {
    stroke: ink,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  const first = props.points[0]?.atMs ?? 0;
  const label = timeLabels((props.points.at(-1)?.atMs ?? 0) - first);
  return {
    width,
    height: props.height,
    ms: 1,
    legend: { show: false },
    cursor: { y: false, points: { size: 8 } },
    scales: { y: { range: (_, low, high) => valueRange(low, high) } },
    axes: [
      { ...axis, grid: { show: false }, values: (_, ticks) => ticks.map(label), space: 80, size: 26 },
      { ...axis, values: (_, ticks) => ticks.map(props.format), size: 60, space: 24 },
    ],
    series: [
      {},
      {
        stroke: accent,
        width: 2,
        points: { show: props.points.length < 3 },
        spanGaps: false,
      },
    ],
    hooks: {
      draw: [(chart) => drawEvents(chart, props.events ?? [])],
      setCursor: [
        (chart) => {
          const index = chart.cursor.idx;
          const at = index === null || index === undefined ? undefined : props.points[index];
          readout.textContent =
            at?.value != null ? `${formatMoment(at.atMs)} · ${props.format(at.value)}` : '';
        },
      ],
    },
  };
}

export function TrendChart(props: TrendChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const chart = useRef<uPlot | null>(null);
  const data: uPlot.AlignedData = [
    props.points.map((point) => point.atMs),
    props.points.map((point) => point.value),
  ];
  const latest = useRef({ props, data });
  latest.current = { props, data };
  const shape = `${props.height}/${props.points.length < 3}/${(props.events ?? []).map((event) => event.atMs).join()}/${props.label}`;

  useEffect(() => {
    const element = holder.current;
    const text = readout.current;
    if (!element || !text) return undefined;
    let gone = false;
    const resize = new ResizeObserver(() =>
      chart.current?.setSize({ width: element.clientWidth, height: latest.current.props.height }),
    );
    void Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]).then(([{ default: UPlot }]) => {
      if (gone) return;
      const now = latest.current;
      chart.current = new UPlot(options(now.props, element.clientWidth, text), now.data, element);
      resize.observe(element);
    });
    return () => {
      gone = true;
      resize.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [shape]);

  useEffect(() => chart.current?.setData(data), [props.points]);

  return (
    <figure class="trend">
      <div ref={holder} role="img" aria-label={props.label} style={{ minHeight: props.height }} />
      <p ref={readout} class="trend__readout" aria-hidden="true" />
    </figure>
  );
}
