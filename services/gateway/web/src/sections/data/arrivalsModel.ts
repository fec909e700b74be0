// Arrivals by source and hour, adding up: received = accepted + flagged + rejected + repeated.

import type { Ingest } from '../../api/types';

export interface Arrival {
  key: string;
  source: string;
  hourMs: number;
  files: number;
  received: number;
  accepted: number;
  flagged: number;
  rejected: number;
  repeated: number;
  running: boolean;
}

const HOUR_MS = 3_600_000;

/** Newest hour first. */
export function arrivalsByHour(ingests: Ingest[]): Arrival[] {
  const found = new Map<string, Arrival>();
  for (const ingest of ingests) {
    const hourMs = Math.floor(Number(ingest.updatedAtMs) / HOUR_MS) * HOUR_MS;
    const key = `${hourMs}/${ingest.source}`;
    const row = found.get(key) ?? {
      key,
      source: ingest.source,
      hourMs,
      files: 0,
      received: 0,
      accepted: 0,
      flagged: 0,
      rejected: 0,
      repeated: 0,
      running: false,
    };
    row.files++;
    row.received += Number(ingest.received);
    row.accepted += Number(ingest.accepted);
    row.flagged += Number(ingest.flagged);
    row.rejected += Number(ingest.rejected);
    row.repeated += Number(ingest.repeated);
    row.running ||= !ingest.complete;
    found.set(key, row);
  }
  return [...found.values()].sort((a, b) => b.hourMs - a.hourMs || a.source.localeCompare(b.source));
}

export function totalOf(rows: Arrival[]): Omit<Arrival, 'key' | 'source' | 'hourMs' | 'running'> {
  const total = { files: 0, received: 0, accepted: 0, flagged: 0, rejected: 0, repeated: 0 };
  for (const row of rows) {
    for (const field of Object.keys(total) as (keyof typeof total)[]) total[field] += row[field];
  }
  return total;
}
