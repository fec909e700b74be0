// Classes of a map and the order of a tile grid: pure functions of the values.

export const CLASS_COUNT = 5;

/**
 * Inner breaks of at most five classes holding about equally many regions (quantiles). Equal
 * values share a class, so there may be fewer breaks than four.
 */
export function quantileBreaks(values: number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const breaks: number[] = [];
  for (let i = 1; i < CLASS_COUNT && sorted.length > 1; i++) {
    const value = sorted[Math.floor((i * sorted.length) / CLASS_COUNT)] as number;
    if (value > (sorted[0] as number) && value !== breaks.at(-1)) breaks.push(value);
  }
  // Nearly all are equal: the few that are higher still stand out.
  const higher = sorted.find((value) => value > (sorted[0] as number));
  return breaks.length === 0 && higher !== undefined ? [higher] : breaks;
}

/** Class of a value, 0 to `breaks.length`; a value on a break belongs to the upper class. */
export function classOf(value: number, breaks: number[]): number {
  let found = 0;
  while (found < breaks.length && value >= (breaks[found] as number)) found++;
  return found;
}

/** Four breaks around zero: much lower, lower, about the same, higher, much higher. */
export function divergingBreaks(values: number[]): number[] {
  const reach = Math.max(...values.map(Math.abs), 0);
  if (reach === 0) return [];
  return [-0.6 * reach, -0.2 * reach, 0.2 * reach, 0.6 * reach];
}

/**
 * Colour slot 0..4 of a class. Fewer classes than five are spread over the palette, so that the
 * highest is always the darkest.
 */
export function paletteSlot(index: number, classes: number): number {
  return classes <= 1 ? 2 : Math.round((index * (CLASS_COUNT - 1)) / (classes - 1));
}

export interface Tile {
  code: string;
  column: number;
  row: number;
}

/**
 * Near-square grid in code order, of at most `most` columns; every second row runs backwards, so
 * neighbours stay together.
 */
export function tileGrid(codes: string[], most = Infinity): { tiles: Tile[]; columns: number } {
  const columns = Math.max(1, Math.min(most, Math.ceil(Math.sqrt(codes.length))));
  const sorted = [...codes].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const tiles = sorted.map((code, index) => {
    const row = Math.floor(index / columns);
    const step = index % columns;
    return { code, row, column: row % 2 === 0 ? step : columns - 1 - step };
  });
  return { tiles, columns };
}
