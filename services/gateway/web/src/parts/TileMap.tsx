// A grid of named tiles for regions without boundaries; neighbours in the code order stay together.

import { useRef, useState } from 'preact/hooks';
import { tileGrid } from '../format/classes';
import { useWidth } from '../store/hooks';
import { Go } from './Controls';
import { hatchOf, isDark, slotVariable, type MapArea, type MapClasses } from './mapModel';

/** Wide enough for a long name on one line. */
const TILE_WIDTH = 108;
const GAP = 5;

/** On touch the first tap tells about a tile, the second opens it. */
export function TileMap({ areas, classes, label }: { areas: MapArea[]; classes: MapClasses; label: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const most = width > 0 ? Math.max(2, Math.floor((width + GAP) / (TILE_WIDTH + GAP))) : undefined;
  const { tiles, columns } = tileGrid(
    areas.map((area) => area.code),
    most,
  );
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const [tapped, setTapped] = useState('');
  const onTap = (event: Event, code: string) => {
    if ((event as PointerEvent).pointerType !== 'touch' || tapped === code) return;
    event.preventDefault();
    setTapped(code);
  };
  return (
    <div class="tiles-frame" ref={frame}>
      <ul
        class="tiles"
        aria-label={label}
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {tiles.map((tile) => {
          const area = byCode.get(tile.code) as MapArea;
          const slot = classes.slotOf(area);
          return (
            <li
              key={tile.code}
              onClickCapture={(event) => onTap(event, tile.code)}
              style={{ gridColumn: tile.column + 1, gridRow: tile.row + 1 }}
            >
              <Go
                to={{ region: tile.code }}
                class={`tile ${tapped === tile.code ? 'tile--tapped' : ''} ${slot === null ? hatchOf(area) : ''} ${isDark(classes.kind, slot) ? 'tile--dark' : ''}`}
                label={`${area.name} ${area.text}. ${area.hint}`}
              >
                <span
                  class="tile__fill"
                  style={slot === null ? {} : { background: `var(${slotVariable(classes.kind, slot)})` }}
                />
                <span class="tile__name">{area.name}</span> <span class="tile__value">{area.text}</span>
                <span class="tile__tip" aria-hidden="true">
                  {area.hint}
                </span>
              </Go>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
