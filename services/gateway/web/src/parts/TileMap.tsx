// A grid of named tiles for regions without boundaries; neighbours in the code order stay together.

import { tileGrid } from '../format/classes';
import { Go } from './Controls';
import { isDark, slotVariable, type MapArea, type MapClasses } from './mapModel';

export function TileMap({ areas, classes, label }: { areas: MapArea[]; classes: MapClasses; label: string }) {
  const { tiles, columns } = tileGrid(areas.map((area) => area.code));
  const byCode = new Map(areas.map((area) => [area.code, area]));
  return (
    <div class="tiles-scroll">
      <ul
        class="tiles"
        aria-label={label}
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(68px, 1fr))` }}
      >
        {tiles.map((tile) => {
          const area = byCode.get(tile.code) as MapArea;
          const slot = classes.slotOf(area);
          return (
            <li key={tile.code} style={{ gridColumn: tile.column + 1, gridRow: tile.row + 1 }}>
              <Go
                to={{ region: tile.code }}
                class={`tile ${slot === null ? 'hatch' : ''} ${isDark(classes.kind, slot) ? 'tile--dark' : ''}`}
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
