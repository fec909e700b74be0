// The little geometry a map of regions needs.

import type { FeatureCollection } from '../api/types';

type Feature = FeatureCollection['features'][number];
export type Position = [number, number];
type Ring = Position[];

/** The outer ring of every part; none for a geometry that is no area. */
function outerRings(feature: Feature): Ring[] {
  const { type, coordinates } = feature.geometry as unknown as { type: string; coordinates?: unknown };
  if (type === 'Polygon') return [(coordinates as Ring[])[0] as Ring];
  if (type === 'MultiPolygon') return (coordinates as Ring[][]).map((polygon) => polygon[0] as Ring);
  return [];
}

function signedArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1, y1] = ring[j] as Position;
    const [x2, y2] = ring[i] as Position;
    sum += x1 * y2 - x2 * y1;
  }
  return sum / 2;
}

/** Area of the largest part, in square degrees: enough to compare neighbours. */
export function sizeOf(feature: Feature): number {
  return Math.max(...outerRings(feature).map((ring) => Math.abs(signedArea(ring))));
}

/** Centre of mass of the largest part of a region. */
export function centreOf(feature: Feature): Position {
  const largest = outerRings(feature).reduce((best, ring) =>
    Math.abs(signedArea(ring)) > Math.abs(signedArea(best)) ? ring : best,
  );
  const area = signedArea(largest);
  if (area === 0) return largest[0] as Position;
  let x = 0;
  let y = 0;
  for (let i = 0, j = largest.length - 1; i < largest.length; j = i++) {
    const [x1, y1] = largest[j] as Position;
    const [x2, y2] = largest[i] as Position;
    const cross = x1 * y2 - x2 * y1;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  return [x / (6 * area), y / (6 * area)];
}

/** South-west and north-east corner of all features. */
export function boundsOf(features: Feature[]): [Position, Position] {
  const low: Position = [Infinity, Infinity];
  const high: Position = [-Infinity, -Infinity];
  for (const feature of features) {
    for (const ring of outerRings(feature)) {
      for (const [x, y] of ring) {
        low[0] = Math.min(low[0], x);
        low[1] = Math.min(low[1], y);
        high[0] = Math.max(high[0], x);
        high[1] = Math.max(high[1], y);
      }
    }
  }
  return [low, high];
}
