// Two figures side by side: as it is, as it would be, and the difference.

import type { FigureComparison, Measure, Moved, Population, WhatIfGroup, WhatIfMoves } from '../../api/types';
import { displayValue, isSuppressed, showFigure } from '../../format/measures';
import type { Translate } from '../../messages';
import { toCount } from '../../format/numbers';
import type { Language } from '../../url/state';

export interface Compared {
  measure: Measure;
  now: string;
  then: string;
  /** In shown units; null when one of both is unknown or of too few families. */
  difference: number | null;
}

export function comparedOf(
  comparison: FigureComparison,
  catalogue: Measure[],
  t: Translate,
  language: Language,
  population?: Population,
): Compared | undefined {
  const id = comparison.base?.measure ?? comparison.branch?.measure;
  const measure = catalogue.find((one) => one.measure === id);
  if (!measure) return undefined;
  const [base, branch] = [comparison.base, comparison.branch].map((figure) => {
    const known = figure !== undefined && !isSuppressed(measure, figure);
    return {
      text: showFigure(measure, figure, t, language, population).text,
      value: known ? displayValue(measure, figure.value, population) : null,
    };
  }) as [{ text: string; value: number | null }, { text: string; value: number | null }];
  const both = base.value !== null && branch.value !== null;
  return {
    measure,
    now: base.text,
    then: branch.text,
    difference: both ? (branch.value as number) - (base.value as number) : null,
  };
}

export function familiesOf(moved: Moved | undefined): number {
  return toCount(moved?.families);
}

/** Who would be worse off, who better: below or above the poverty line, or the decile. */
export function losersAndWinners(moves: WhatIfMoves | undefined) {
  return {
    entered: familiesOf(moves?.enteredPoverty),
    left: familiesOf(moves?.leftPoverty),
    lower: familiesOf(moves?.decileLower),
    higher: familiesOf(moves?.decileHigher),
  };
}

export const DIMENSIONS = ['decile', 'head_sex', 'urban_rural', 'size'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The groups of one dimension in their natural order; the unknown ones last. */
export function groupsOf(groups: WhatIfGroup[], dimension: string): WhatIfGroup[] {
  return groups
    .filter((group) => group.dimension === dimension)
    .sort(
      (a, b) =>
        Number(a.group === 'unknown') - Number(b.group === 'unknown') ||
        a.group.localeCompare(b.group, 'id', { numeric: true }),
    );
}
