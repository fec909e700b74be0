/** The course of a figure without axes: its shape only, beside the value that says the rest. */
export function Sparkline({
  values,
  width = 120,
  height = 28,
}: {
  values: number[];
  width?: number;
  height?: number;
}) {
  if (values.length < 2) return <svg class="spark" width={width} height={height} aria-hidden="true" />;
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const x = (index: number) => 2 + (index * (width - 6)) / (values.length - 1);
  const y = (value: number) => (span === 0 ? height / 2 : height - 4 - ((value - low) * (height - 8)) / span);
  const line = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  const last = values.at(-1) as number;
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${width} ${height}`}
      height={height}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polygon
        class="spark__area"
        points={`${x(0)},${height} ${line.join(' ')} ${x(values.length - 1)},${height}`}
      />
      <polyline class="spark__line" points={line.join(' ')} vector-effect="non-scaling-stroke" />
      <circle class="spark__end" cx={x(values.length - 1)} cy={y(last)} r="2.5" />
    </svg>
  );
}
