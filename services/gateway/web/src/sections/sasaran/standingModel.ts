// Where a family stands, in numbers that a sentence can carry.

import type { FamilyExplanation } from '../../api/types';
import { toCount, toNumber } from '../../format/numbers';

export interface Standing {
  /** Position from the worst off, from 1; null where the family has no rank. */
  rank: number | null;
  ranked: number;
  /** Share of ranked families that are better off, 0 to 100. */
  betterOffPercent: number | null;
  /** Where the family stands between the worst (0) and the best off (100). */
  placePercent: number | null;
}

export function standingOf(data: FamilyExplanation): Standing {
  const ranked = toCount(data.rankedFamilies);
  const rank = toCount(data.nationalRank) > 0 && ranked > 0 ? toCount(data.nationalRank) : null;
  return {
    rank,
    ranked,
    betterOffPercent: rank === null ? null : (100 * (ranked - rank)) / ranked,
    placePercent: rank === null ? null : (100 * (rank - 0.5)) / ranked,
  };
}

/** Distance to the poverty line: scaled amount, and share of the line; negative below it. */
export function distanceToLine(data: FamilyExplanation): { amount: number; percent: number } | null {
  const welfare = toNumber(data.family.welfare);
  const line = toNumber(data.povertyLine);
  if (welfare === null || line === null || line <= 0) return null;
  return { amount: welfare - line, percent: (100 * (welfare - line)) / line };
}
