// Where a family stands, or would stand, in numbers that a sentence can carry.

import type { BoundaryDistance, FamilyStanding, RegionRank } from '../../api/types';
import { toCount, toNumber } from '../../format/numbers';

/** Share of the ranked families of an area that are better off, 0 to 100; never 100 by rounding. */
export function betterOffPercent({ rank, rankedFamilies }: RegionRank): number {
  const ranked = toCount(rankedFamilies);
  return ranked === 0 ? 0 : Math.floor((1000 * (ranked - toCount(rank))) / ranked) / 10;
}

/** Where the family stands between the worst (0) and the best off (100); null without a rank. */
export function placePercent(standing: FamilyStanding): number | null {
  const widest = standing.ranks.find(({ region }) => region === '0') ?? standing.ranks[0];
  if (!widest || toCount(widest.rankedFamilies) === 0) return null;
  return (100 * (toCount(widest.rank) - 0.5)) / toCount(widest.rankedFamilies);
}

/** Ranks from the nation down to the village. */
export function ranksOf(standing: FamilyStanding): RegionRank[] {
  const depth = (region: string) => (region === '0' ? 0 : region.split('.').length);
  return [...standing.ranks].sort((a, b) => depth(a.region) - depth(b.region));
}

/** The ends of deciles on both sides of the family: nearest below, nearest above. */
export function nearestDeciles(standing: FamilyStanding): BoundaryDistance[] {
  const deciles = standing.boundaries.filter(({ boundary }) => boundary.startsWith('decile.'));
  const below = deciles.filter(({ distance }) => Number(distance) < 0);
  const above = deciles.filter(({ distance }) => Number(distance) >= 0);
  const nearest = (list: BoundaryDistance[]) =>
    [...list].sort((a, b) => Math.abs(Number(a.distance)) - Math.abs(Number(b.distance))).slice(0, 1);
  return [...nearest(below), ...nearest(above)];
}

/** Distance to the poverty line: scaled amount, and share of the line; negative below it. */
export function distanceToLine(standing: FamilyStanding): { amount: number; percent: number } | null {
  const welfare = toNumber(standing.welfare);
  const line = toNumber(standing.povertyLine);
  if (welfare === null || line === null || line <= 0) return null;
  return { amount: welfare - line, percent: (100 * (welfare - line)) / line };
}

/** What differs between two standings: the rules and programmes whose answer is another one. */
export function differing<Item extends { result: string }>(
  before: Item[],
  after: Item[],
  keyOf: (item: Item) => string,
): { key: string; before: string; after: string }[] {
  const then = new Map(after.map((item) => [keyOf(item), item.result]));
  return before.flatMap((item) => {
    const result = then.get(keyOf(item));
    return result === undefined || result === item.result
      ? []
      : [{ key: keyOf(item), before: item.result, after: result }];
  });
}
