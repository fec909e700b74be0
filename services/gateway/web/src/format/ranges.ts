// How much of an axis a course takes.

/** A course that moves less than this share of its value is drawn as the little it is. */
const LEAST_SPAN_SHARE = 0.01;

/** Ends of a value axis around a course; not below zero for what cannot be negative. */
export function valueRange(low: number, high: number): [number, number] {
  const least = Math.abs(high) * LEAST_SPAN_SHARE || 1;
  const middle = (low + high) / 2;
  const half = (Math.max(high - low, least) / 2) * 1.2;
  return [low >= 0 ? Math.max(0, middle - half) : middle - half, middle + half];
}
