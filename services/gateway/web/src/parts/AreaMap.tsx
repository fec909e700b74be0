// Choropleth of the children of a region: their boundaries with MapLibre when loaded, else tiles.

import { lazy, Suspense } from './lazy';
import { useBoundaries } from '../store/queries';
import { Skeleton } from './States';
import { classify, type MapArea, type PaletteKind } from './mapModel';
import { MapLegend } from './MapLegend';
import { TileMap } from './TileMap';

const BoundaryMap = lazy(() => import('./BoundaryMap').then((module) => module.BoundaryMap));

export interface AreaMapProps {
  region: string;
  areas: MapArea[];
  kind: PaletteKind;
  label: string;
  format: (value: number) => string;
}

/** The place of a map that is on its way. */
export function MapSkeleton() {
  return (
    <div class="boundary">
      <Skeleton fills />
    </div>
  );
}

export function AreaMap({ region, areas, kind, label, format }: AreaMapProps) {
  const boundaries = useBoundaries(region);
  const classes = classify(areas, kind);
  const waiting = <MapSkeleton />;
  if (boundaries.loading && !boundaries.data) return waiting;
  const known = new Set(areas.map((area) => area.code));
  const features = boundaries.data?.features.filter((feature) => known.has(feature.properties.kode)) ?? [];
  return (
    <div class="areamap">
      {features.length > 0 ? (
        <Suspense waiting={waiting}>
          <BoundaryMap region={region} features={features} areas={areas} classes={classes} label={label} />
        </Suspense>
      ) : (
        <TileMap areas={areas} classes={classes} label={label} />
      )}
      <MapLegend
        classes={classes}
        format={format}
        hasMissing={areas.some((area) => area.value === null && !area.suppressed)}
        hasSuppressed={areas.some((area) => area.suppressed)}
      />
    </div>
  );
}
