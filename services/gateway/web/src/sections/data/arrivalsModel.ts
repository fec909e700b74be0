// Arrivals by source and hour: received = accepted + flagged + rejected + repeated.

import type { SourceArrivals } from '../../api/types';

export const OUTCOMES = ['accepted', 'flagged', 'rejected', 'repeated'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Arrival {
  key: string;
  source: string;
  hourMs: number;
  deliveries: number;
  received: number;
  outcomes: Record<Outcome, number>;
  running: boolean;
}

export function arrivalOf(arrivals: SourceArrivals): Arrival {
  const { source, population } = arrivals;
  return {
    key: `${arrivals.hourMs}/${population}/${source}`,
    source,
    hourMs: Number(arrivals.hourMs),
    deliveries: Number(arrivals.deliveries),
    received: Number(arrivals.received),
    outcomes: {
      accepted: Number(arrivals.accepted),
      flagged: Number(arrivals.flagged),
      rejected: Number(arrivals.rejected),
      repeated: Number(arrivals.repeated),
    },
    running: Number(arrivals.running) > 0,
  };
}
