import { paletteSlot } from '../format/classes';
import { useT } from '../store/hooks';
import { slotVariable, type MapClasses } from './mapModel';

interface MapLegendProps {
  classes: MapClasses;
  format: (value: number) => string;
  hasMissing: boolean;
  hasSuppressed: boolean;
}

/** Classes as a strip with the breaks between them, the method, and what hatching means. */
export function MapLegend({ classes, format, hasMissing, hasSuppressed }: MapLegendProps) {
  const t = useT();
  const { breaks, kind } = classes;
  const count = breaks.length + 1;
  const words = (index: number) => {
    const from = breaks[index - 1];
    const to = breaks[index];
    if (from === undefined && to === undefined) return t('map.oneClass');
    if (from === undefined) return t('map.below', { to: format(to as number) });
    if (to === undefined) return t('map.from', { from: format(from) });
    return t('map.between', { from: format(from), to: format(to) });
  };
  return (
    <div class="legend">
      <ol class="legend__strip">
        {Array.from({ length: count }, (_, index) => (
          <li key={index}>
            <span
              class="legend__key"
              style={{ background: `var(${slotVariable(kind, paletteSlot(index, count))})` }}
              title={words(index)}
              aria-hidden="true"
            />
            <span class="hidden">{words(index)}</span>
            {index > 0 && (
              <span class="legend__break" aria-hidden="true">
                {format(breaks[index - 1] as number)}
              </span>
            )}
          </li>
        ))}
      </ol>
      {(hasMissing || hasSuppressed) && (
        <ul class="legend__hatched">
          {hasMissing && (
            <li>
              <span class="legend__key hatch" aria-hidden="true" />
              {t('figure.noData')}
            </li>
          )}
          {hasSuppressed && (
            <li>
              <span class="legend__key hatch hatch--few" aria-hidden="true" />
              {t('map.few')}
            </li>
          )}
        </ul>
      )}
      <p class="legend__method">
        {kind === 'sequential' ? t('map.quantile', { n: count, count }) : t('map.diverging')}
      </p>
    </div>
  );
}
