import { paletteSlot } from '../format/classes';
import { useT } from '../store/hooks';
import { slotVariable, type MapClasses } from './mapModel';

/** Classes with their breaks, the method, and what hatching means. */
export function MapLegend({
  classes,
  format,
  hasMissing,
}: {
  classes: MapClasses;
  format: (value: number) => string;
  hasMissing: boolean;
}) {
  const t = useT();
  const { breaks, kind } = classes;
  const count = breaks.length + 1;
  const text = (index: number) => {
    const from = breaks[index - 1];
    const to = breaks[index];
    if (from === undefined && to === undefined) return t('map.oneClass');
    if (from === undefined) return t('map.below', { to: format(to as number) });
    if (to === undefined) return t('map.from', { from: format(from) });
    return t('map.between', { from: format(from), to: format(to) });
  };
  return (
    <div class="legend">
      <ul>
        {Array.from({ length: count }, (_, index) => (
          <li key={index}>
            <span
              class="legend__key"
              style={{ background: `var(${slotVariable(kind, paletteSlot(index, count))})` }}
              aria-hidden="true"
            />
            {text(index)}
          </li>
        ))}
        {hasMissing && (
          <li>
            <span class="legend__key hatch" aria-hidden="true" />
            {t('map.noData')}
          </li>
        )}
      </ul>
      <p class="legend__method">
        {kind === 'sequential' ? t('map.quantile', { n: count, count }) : t('map.diverging')}
      </p>
    </div>
  );
}
