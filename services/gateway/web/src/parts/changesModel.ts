// The feed of changes as a person reads it: what happened again within the hour stands in one row.

import type { Change } from '../api/types';
import { toCount } from '../format/numbers';
import type { UrlState } from '../url/state';

export interface FeedRow {
  key: string;
  kind: string;
  region: string;
  families: number;
  causes: Record<string, number>;
  /** When it happened last. */
  atMs: number;
  /** The newest of the changes in this row. */
  change: Change;
}

const HOUR_MS = 3_600_000;

/** Crossings are told for districts; a village reads those of its district. */
export function feedRegion(region: string): string {
  return region.split('.').slice(0, 3).join('.');
}

/** `rtlh` of the plan `rtlh-91c4…`. */
export function programmeOfPlan(planId: string): string {
  return planId.slice(0, Math.max(0, planId.lastIndexOf('-')));
}

function keyOf(change: Change): string {
  const hour = Math.floor(Number(change.atMs) / HOUR_MS);
  switch (change.kind) {
    case 'crossing':
      return ['crossing', change.region, change.boundary, change.from, change.to, hour].join('/');
    case 'alert':
      return ['alert', change.region, change.subject].join('/');
    case 'plan':
      return change.state === 'proposed'
        ? ['proposed', programmeOfPlan(change.subject), hour].join('/')
        : ['plan', change.subject].join('/');
    case 'ingest':
      return ['ingest', change.subject, hour].join('/');
    default:
      return [change.kind, change.region, change.subject, change.state, hour].join('/');
  }
}

/** Families of what is counted up within the hour; of the others the newest stands for all. */
const COUNTED = new Set(['crossing', 'ingest', 'delivery', 'outcome']);

/** Rows with the newest first; `changes` come newest first. */
export function groupChanges(changes: Change[]): FeedRow[] {
  const rows = new Map<string, FeedRow>();
  for (const change of changes) {
    const key = keyOf(change);
    const row = rows.get(key);
    if (!row) {
      rows.set(key, {
        key,
        kind: change.kind,
        region: change.region,
        families: toCount(change.families),
        causes: countsOf(change),
        atMs: Number(change.atMs),
        change,
      });
    } else if (COUNTED.has(change.kind)) {
      row.families += toCount(change.families);
      for (const [cause, count] of Object.entries(countsOf(change)))
        row.causes[cause] = (row.causes[cause] ?? 0) + count;
    }
  }
  return [...rows.values()].sort((a, b) => b.atMs - a.atMs);
}

function countsOf(change: Change): Record<string, number> {
  return Object.fromEntries(
    Object.entries(change.familiesByCause).map(([cause, count]) => [cause, toCount(count)]),
  );
}

/** The list behind a row; null where there is none. */
export function targetOf(change: Change): Partial<UrlState> | null {
  switch (change.kind) {
    case 'alert':
      return { section: 'pemantauan', region: change.region, alertState: change.state };
    case 'plan':
      return change.state === 'proposed'
        ? { section: 'anggaran', programme: programmeOfPlan(change.subject) }
        : { section: 'anggaran', programme: programmeOfPlan(change.subject), plan: change.subject };
    case 'delivery':
    case 'outcome':
      return { section: 'anggaran', programme: programmeOfPlan(change.subject), plan: change.subject };
    case 'ingest':
      return { section: 'data' };
    case 'parameter':
      return null;
    default: {
      const programme = change.boundary.startsWith('need.') ? change.boundary.slice(5) : '';
      return { section: 'sasaran', region: change.region, view: 'keluarga', programme };
    }
  }
}
