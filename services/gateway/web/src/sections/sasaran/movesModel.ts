// Families that crossed a boundary, counted by area and by cause.

import type { Change } from '../../api/types';
import { toCount } from '../../format/numbers';

/** Why a family that was in the register before crossed. */
export const CAUSES = ['own_data', 'others_moved', 'parameters_changed'] as const;
export type Cause = (typeof CAUSES)[number];

export interface Moves {
  /** Families for whom it became worse: poor, a lower decile, or in need of the programme. */
  worse: number;
  better: number;
  /** To or from what is not known. */
  unknown: number;
  causes: Record<Cause, number>;
  /** Newly registered or gone: they did not cross. */
  entered: number;
  left: number;
}

export interface AreaMoves extends Moves {
  region: string;
}

export type Direction = 'worse' | 'better' | 'unknown';

/** Which way a crossing goes. */
export function directionOf({ boundary, from, to }: Pick<Change, 'boundary' | 'from' | 'to'>): Direction {
  if (boundary === 'poverty_line') {
    if (to === 'poor') return 'worse';
    return from === 'poor' ? 'better' : 'unknown';
  }
  if (boundary.startsWith('need.')) {
    if (to === 'open') return 'worse';
    return from === 'open' ? 'better' : 'unknown';
  }
  const [before, after] = [Number(from), Number(to)];
  if (!before || !after) return 'unknown';
  return after < before ? 'worse' : 'better';
}

function nothing(): Moves {
  const causes = { own_data: 0, others_moved: 0, parameters_changed: 0 };
  return { worse: 0, better: 0, unknown: 0, causes, entered: 0, left: 0 };
}

/** Families that crossed, whatever the way. */
export function crossed(moves: Moves): number {
  return moves.worse + moves.better + moves.unknown;
}

/** Crossings of one boundary since a moment, most families first. */
export function movesOf(changes: Change[], boundary: string, sinceMs: number): AreaMoves[] {
  const areas = new Map<string, AreaMoves>();
  for (const change of changes) {
    if (change.kind !== 'crossing' || change.boundary !== boundary || Number(change.atMs) < sinceMs) continue;
    const area = areas.get(change.region) ?? { region: change.region, ...nothing() };
    areas.set(change.region, area);
    for (const cause of CAUSES) {
      const families = toCount(change.familiesByCause[cause]);
      area.causes[cause] += families;
      area[directionOf(change)] += families;
    }
    area.entered += toCount(change.familiesByCause.entered);
    area.left += toCount(change.familiesByCause.left);
  }
  return [...areas.values()].sort((a, b) => crossed(b) - crossed(a) || a.region.localeCompare(b.region));
}

/** The moment of the newest crossing: what happened since the figures before it. */
export function newestCrossingMs(changes: Change[]): number {
  return Math.max(0, ...changes.filter(({ kind }) => kind === 'crossing').map(({ atMs }) => Number(atMs)));
}

/** All areas together. */
export function sumOf(areas: Moves[]): Moves {
  return areas.reduce((sum, area) => {
    for (const part of ['worse', 'better', 'unknown', 'entered', 'left'] as const) sum[part] += area[part];
    for (const cause of CAUSES) sum.causes[cause] += area.causes[cause];
    return sum;
  }, nothing());
}
