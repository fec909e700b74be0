import { valueRange } from '../format/ranges';

/** The course of a figure without axes: its shape only, beside the value that says the rest. */
export function Sparkline({ values }: { values: number[] }) {
  if (values.length < 2) return <span class="spark" aria-hidden="true" />;
  const [low, high] = valueRange(Math.min(...values), Math.max(...values));
  const x = (index: number) => (100 * index) / (values.length - 1);
  const y = (value: number) => 100 - (100 * (value - low)) / (high - low);
  const line = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  return (
    <span class="spark" aria-hidden="true">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none">
        <polyline class="spark__line" points={line.join(' ')} vector-effect="non-scaling-stroke" />
      </svg>
      <span class="spark__end" style={{ top: `${y(values.at(-1) as number)}%` }} />
    </span>
  );
}
