// Lengths from zero: parts of a score, and money against its ceiling.

/** `slot` is the colour: 0 to 4, or `bad`; the position when absent. */
export interface BarPart {
  key: string;
  label: string;
  size: number;
  text: string;
  slot?: string;
}

/** Parts side by side; `most` is the length of the whole track. */
export function StackedBar({ parts, most }: { parts: BarPart[]; most: number }) {
  const label = parts.map((part) => `${part.label} ${part.text}`).join(', ');
  return (
    <div class="stacked" role="img" aria-label={label}>
      {parts.map((part, index) => (
        <span
          key={part.key}
          class={`stacked__part stacked__part--${part.slot ?? index % 5}`}
          style={{ width: `${most > 0 ? (100 * part.size) / most : 0}%` }}
          title={`${part.label}: ${part.text}`}
        />
      ))}
    </div>
  );
}

export function StackedLegend({ labels, slots }: { labels: string[]; slots?: readonly string[] }) {
  return (
    <ul class="stacked-legend">
      {labels.map((label, index) => (
        <li key={label}>
          <span
            class={`stacked-legend__key stacked__part--${slots?.[index] ?? index % 5}`}
            aria-hidden="true"
          />
          {label}
        </li>
      ))}
    </ul>
  );
}

/** Under one ceiling: what is approved, what is proposed on top of it, and what of it is delivered. */
export function CeilingBar(props: {
  ceiling: number;
  proposed: number;
  approved: number;
  delivered: number;
  label: string;
}) {
  const share = (amount: number) =>
    `${props.ceiling > 0 ? Math.min(100, (100 * amount) / props.ceiling) : 0}%`;
  return (
    <div class="ceiling" role="img" aria-label={props.label} title={props.label}>
      <span class="ceiling__proposed" style={{ width: share(props.approved + props.proposed) }} />
      <span class="ceiling__approved" style={{ width: share(props.approved) }} />
      <span class="ceiling__delivered" style={{ width: share(props.delivered) }} />
    </div>
  );
}

/** A single length against the longest of its list. */
export function LengthBar({
  size,
  most,
  tone = 'accent',
}: {
  size: number;
  most: number;
  tone?: 'accent' | 'bad' | 'good';
}) {
  return (
    <span class="length" aria-hidden="true">
      <span
        class={`length__fill length__fill--${tone}`}
        style={{ width: `${most > 0 ? (100 * size) / most : 0}%` }}
      />
    </span>
  );
}

/** A contribution left or right of zero. */
export function SignedBar({ size, most }: { size: number; most: number }) {
  const width = most > 0 ? (50 * Math.abs(size)) / most : 0;
  return (
    <span class="signed" aria-hidden="true">
      <span
        class={size < 0 ? 'signed__fill signed__fill--bad' : 'signed__fill signed__fill--good'}
        style={size < 0 ? { right: '50%', width: `${width}%` } : { left: '50%', width: `${width}%` }}
      />
    </span>
  );
}
