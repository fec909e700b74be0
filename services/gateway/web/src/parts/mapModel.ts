// What a map shows, whichever way it is drawn.

import { classOf, divergingBreaks, paletteSlot, quantileBreaks } from '../format/classes';

export interface MapArea {
  code: string;
  name: string;
  /** Shown text: `8,05%`, `< 5`, `tidak ada data`. */
  text: string;
  /** Null: missing or suppressed, drawn hatched. */
  value: number | null;
  /** Known, but of so few families that it is not shown. */
  suppressed: boolean;
  /** What a click leads to, said before one clicks. */
  hint: string;
}

export type PaletteKind = 'sequential' | 'diverging';

export interface MapClasses {
  kind: PaletteKind;
  breaks: number[];
  /** Colour slot 0..4 of an area; null for no data. */
  slotOf: (area: MapArea) => number | null;
}

export function classify(areas: MapArea[], kind: PaletteKind): MapClasses {
  const values = areas.flatMap((area) => (area.value === null ? [] : [area.value]));
  const breaks = kind === 'sequential' ? quantileBreaks(values) : divergingBreaks(values);
  const slotOf = (area: MapArea) =>
    area.value === null ? null : paletteSlot(classOf(area.value, breaks), breaks.length + 1);
  return { kind, breaks, slotOf };
}

/** Class name of the hatching of an area without a shown value. */
export function hatchOf(area: MapArea): string {
  return area.suppressed ? 'hatch hatch--few' : 'hatch';
}

/** Whether text on a colour slot has to be light. */
export function isDark(kind: PaletteKind, slot: number | null): boolean {
  return slot !== null && (kind === 'sequential' ? slot >= 3 : slot === 0 || slot === 4);
}

export function slotVariable(kind: PaletteKind, slot: number): string {
  return `--${kind === 'sequential' ? 'seq' : 'div'}-${slot}`;
}
