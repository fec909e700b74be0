// Boundaries on a blank style with MapLibre. Every area also is a link at its centre, so that
// keyboard, touch and screen reader reach what the pointer reaches.

import maplibre from 'maplibre-gl/dist/maplibre-gl-csp';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker?url';
import type { ExpressionSpecification, LngLatBoundsLike, Map as Maplibre } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FeatureCollection } from '../api/types';
import { useMedia, useStore } from '../store/hooks';
import { isDark, slotVariable, type MapArea, type MapClasses } from './mapModel';
import { boundsOf, centreOf, sizeOf, type Position } from './geometry';

maplibre.setWorkerUrl(workerUrl);

type Feature = FeatureCollection['features'][number];

interface BoundaryMapProps {
  region: string;
  features: Feature[];
  areas: MapArea[];
  classes: MapClasses;
  label: string;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Diagonal lines for areas without a value; crossed ones where it is of too few families. */
function hatch(crossed: boolean): ImageData {
  const size = 12;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = colour('--hatch-ground');
  context.fillRect(0, 0, size, size);
  context.strokeStyle = colour('--hatch-line');
  context.lineWidth = 1.6;
  for (const shift of [-size, 0, size]) {
    context.beginPath();
    context.moveTo(shift, size);
    context.lineTo(shift + size, 0);
    context.stroke();
    if (!crossed) continue;
    context.beginPath();
    context.moveTo(shift, 0);
    context.lineTo(shift + size, size);
    context.stroke();
  }
  return context.getImageData(0, 0, size, size);
}

function fillColour(classes: MapClasses, areas: MapArea[]): ExpressionSpecification | string {
  const pairs = areas.flatMap((area) => {
    const slot = classes.slotOf(area);
    return slot === null ? [] : [area.code, colour(slotVariable(classes.kind, slot))];
  });
  if (pairs.length === 0) return 'rgba(0,0,0,0)';
  return ['match', ['get', 'kode'], ...pairs, 'rgba(0,0,0,0)'] as unknown as ExpressionSpecification;
}

/** The pattern below the fill: seen where there is none. */
function patternOf(areas: MapArea[]): ExpressionSpecification | string {
  const few = areas.filter((area) => area.suppressed).map((area) => area.code);
  if (few.length === 0) return 'hatch';
  return ['match', ['get', 'kode'], few, 'hatch-few', 'hatch'] as unknown as ExpressionSpecification;
}

function createMap(container: HTMLElement, features: Feature[]): Maplibre {
  const map = new maplibre.Map({
    container,
    style: { version: 8, sources: {}, layers: [] },
    bounds: boundsOf(features) as LngLatBoundsLike,
    fitBoundsOptions: FIT,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    // Keys belong to the links of the areas.
    keyboard: false,
    cooperativeGestures: false,
    fadeDuration: 0,
  });
  map.scrollZoom.disable();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right');
  map.getCanvas().tabIndex = -1;
  map.getCanvas().setAttribute('aria-hidden', 'true');
  return map;
}

function addLayers(map: Maplibre, features: Feature[]): void {
  map.addImage('hatch', hatch(false));
  map.addImage('hatch-few', hatch(true));
  map.addSource('areas', {
    type: 'geojson',
    data: { type: 'FeatureCollection', features } as never,
    promoteId: 'kode',
  });
  map.addLayer({ id: 'missing', type: 'fill', source: 'areas', paint: { 'fill-pattern': 'hatch' } });
  map.addLayer({
    id: 'fill',
    type: 'fill',
    source: 'areas',
    paint: { 'fill-color': 'rgba(0,0,0,0)', 'fill-antialias': false },
  });
  map.addLayer({
    id: 'line',
    type: 'line',
    source: 'areas',
    paint: { 'line-color': colour('--map-line'), 'line-width': 1.2 },
  });
  map.addLayer({
    id: 'focus',
    type: 'line',
    source: 'areas',
    paint: { 'line-color': colour('--ink'), 'line-width': 3 },
    filter: ['==', ['get', 'kode'], ''],
  });
}

const FIT = { padding: 18, duration: 0 };

interface Placed {
  code: string;
  x: number;
  y: number;
  labelled: boolean;
}

const LABEL_HALF_HEIGHT = 16;
const DOT_HALF = 12;

/**
 * Where the labels go. One that would cover that of a larger area becomes a dot, and a dot with no
 * room left is dropped: the area itself, the list and the table still lead there.
 */
function place(map: Maplibre, centres: Map<string, Position>, areas: MapArea[]): Placed[] {
  const taken: { x: number; y: number; width: number; height: number }[] = [];
  const isFree = (x: number, y: number, width: number, height: number) =>
    !taken.some(
      (other) => Math.abs(other.x - x) < width + other.width && Math.abs(other.y - y) < height + other.height,
    );
  const canvas = map.getCanvas();
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const inSight = [...centres].flatMap(([code, centre]) => {
    const area = byCode.get(code);
    const { x, y } = map.project(centre);
    const inside = x >= 0 && y >= 0 && x <= canvas.clientWidth && y <= canvas.clientHeight;
    return area && inside
      ? [{ code, x, y, width: Math.max(Math.max(area.name.length, area.text.length) * 3.6 + 4, 24) }]
      : [];
  });
  const placed: Placed[] = [];
  const waiting: typeof inSight = [];
  for (const item of inSight) {
    const { code, x, y, width } = item;
    if (!isFree(x, y, width, LABEL_HALF_HEIGHT)) {
      waiting.push(item);
      continue;
    }
    taken.push({ x, y, width, height: LABEL_HALF_HEIGHT });
    placed.push({ code, x, y, labelled: true });
  }
  for (const { code, x, y } of waiting) {
    if (!isFree(x, y, DOT_HALF, DOT_HALF)) continue;
    taken.push({ x, y, width: DOT_HALF, height: DOT_HALF });
    placed.push({ code, x, y, labelled: false });
  }
  return placed;
}

/** Where the tooltip of an area stands, inside the frame of the map. */
function tipPlace(map: Maplibre | null, centre: Position | undefined) {
  if (!map || !centre) return null;
  const { clientWidth: width, clientHeight: height } = map.getCanvas();
  const { x, y } = map.project(centre);
  const half = Math.min(TIP_HALF_WIDTH, width / 2);
  const left = Math.min(Math.max(x, half), width - half);
  return y > height - TIP_HEIGHT
    ? { left, bottom: Math.max(height - y + 18, 4), top: 'auto' }
    : { left, top: Math.max(y + 18, 4), bottom: 'auto' };
}

const TIP_HALF_WIDTH = 150;
const TIP_HEIGHT = 110;

/** On touch the first tap tells about an area, the second opens it. */
function onlyTells(event: Event, code: string, told: string): boolean {
  return (event as PointerEvent).pointerType === 'touch' && told !== code;
}

export function BoundaryMap({ region, features, areas, classes, label }: BoundaryMapProps) {
  const store = useStore();
  const dark = useMedia('(prefers-color-scheme: dark)');
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<Maplibre | null>(null);
  const [ready, setReady] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const [placed, setPlaced] = useState<Placed[]>([]);
  const [focus, setFocus] = useState('');
  const latest = useRef({ areas, focus, centres: new Map<string, Position>() });
  latest.current.areas = areas;
  latest.current.focus = focus;

  useEffect(() => {
    const container = holder.current;
    if (!container) return undefined;
    const bySize = [...features].sort((a, b) => sizeOf(b) - sizeOf(a));
    latest.current.centres = new Map(bySize.map((feature) => [feature.properties.kode, centreOf(feature)]));
    const created = createMap(container, features);
    map.current = created;
    const update = () => setPlaced(place(created, latest.current.centres, latest.current.areas));
    const codeAt = (event: { features?: { properties: Record<string, unknown> | null }[] }) =>
      String(event.features?.[0]?.properties?.kode ?? '');
    created.on('load', () => {
      addLayers(created, features);
      setReady(true);
      update();
    });
    created.on('move', update);
    let moved = false;
    created.on('zoomstart', (event) => (moved ||= event.originalEvent !== undefined));
    created.on('resize', () => {
      if (!moved) created.fitBounds(boundsOf(features) as LngLatBoundsLike, FIT);
      update();
    });
    // The lowest layer covers every area, with and without a value.
    created.on('mousemove', 'missing', (event) => {
      created.getCanvas().style.cursor = 'pointer';
      setFocus(codeAt(event));
    });
    created.on('mouseleave', 'missing', () => {
      created.getCanvas().style.cursor = '';
      setFocus('');
    });
    created.on('click', 'missing', (event) => {
      const code = codeAt(event);
      if (onlyTells(event.originalEvent, code, latest.current.focus)) setFocus(code);
      else store.go({ region: code });
    });
    return () => {
      setReady(false);
      setDrawn(false);
      created.remove();
      map.current = null;
    };
  }, [region, features.length, dark, store]);

  const fill = JSON.stringify(fillColourKey(classes, areas));
  useEffect(() => {
    if (!ready) return;
    map.current?.setPaintProperty('fill', 'fill-color', fillColour(classes, areas));
    map.current?.setPaintProperty('missing', 'fill-pattern', patternOf(areas));
    map.current?.once('idle', () => setDrawn(true));
  }, [ready, fill, dark]);
  useEffect(() => {
    if (ready) map.current?.setFilter('focus', ['==', ['get', 'kode'], focus]);
  }, [ready, focus]);

  const byCode = new Map(areas.map((area) => [area.code, area]));
  const focused = byCode.get(focus);
  const tip = tipPlace(map.current, latest.current.centres.get(focus));
  return (
    <div class="boundary" role="group" aria-label={label} aria-busy={!drawn}>
      <div ref={holder} class="boundary__canvas" />
      <ul class="boundary__labels">
        {placed.map((item) => {
          const area = byCode.get(item.code);
          if (!area) return null;
          const slot = classes.slotOf(area);
          return (
            <li key={item.code} style={{ transform: `translate(${item.x}px, ${item.y}px)` }}>
              <a
                href={store.href({ region: item.code })}
                class={`maplabel ${item.labelled ? '' : 'maplabel--dot'} ${isDark(classes.kind, slot) ? 'maplabel--dark' : ''}`}
                aria-label={`${area.name} ${area.text}. ${area.hint}`}
                onClick={(event) => {
                  event.preventDefault();
                  if (onlyTells(event, item.code, focus)) setFocus(item.code);
                  else store.go({ region: item.code });
                }}
                onFocus={(event) => event.currentTarget.matches(':focus-visible') && setFocus(item.code)}
                onBlur={() => setFocus('')}
                onPointerEnter={(event) => event.pointerType === 'mouse' && setFocus(item.code)}
                onPointerLeave={(event) => event.pointerType === 'mouse' && setFocus('')}
              >
                {item.labelled ? (
                  <>
                    <span class="maplabel__name">{area.name}</span>{' '}
                    <span class="maplabel__value">{area.text}</span>
                  </>
                ) : (
                  <span class="maplabel__dot" aria-hidden="true" />
                )}
              </a>
            </li>
          );
        })}
      </ul>
      {focused && tip && (
        <div class="maptip" style={tip} aria-hidden="true">
          <strong>{focused.name}</strong>
          <span>{focused.text}</span>
          <span class="maptip__hint">{focused.hint}</span>
        </div>
      )}
    </div>
  );
}

function fillColourKey(classes: MapClasses, areas: MapArea[]): (number | string | null)[] {
  return areas.map((area) => (area.suppressed ? 'few' : classes.slotOf(area)));
}
