import { LengthBar } from '../../parts/Bars';
import { Go, PendingOrder } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { formatCount } from '../../format/numbers';
import type { AreaRow } from '../../store/areas';
import { useHeldOrder, useLanguage, useT } from '../../store/hooks';

interface RankedAreasProps {
  rows: AreaRow[];
  /** Differences, of which a higher one is drawn as worse. */
  signed: boolean;
  scope: string;
}

/** The same areas as lengths, highest first: what a map cannot show exactly. */
export function RankedAreas({ rows, signed, scope }: RankedAreasProps) {
  const t = useT();
  const language = useLanguage();
  const known = rows.filter((row) => row.value !== null);
  const sorted = [...known].sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const held = useHeldOrder(sorted, (row) => row.code, scope);
  const most = Math.max(...known.map((row) => Math.abs(row.value ?? 0)), 0);
  return (
    <div class="ranked">
      <h3 class="ranked__title">
        {t('map.ranked')} <PendingOrder pending={held.pending} onLoad={held.load} />
      </h3>
      <ol tabIndex={0} aria-label={t('map.ranked')}>
        {held.rows.map((row) => (
          <li key={row.code}>
            <Go
              to={{ region: row.code }}
              class="ranked__row"
              title={t('area.open', { n: formatCount(row.families, language, true), count: row.families })}
            >
              <span class="ranked__name">{row.name}</span>
              <LengthBar
                size={Math.abs(row.value ?? 0)}
                most={most}
                tone={signed ? ((row.value ?? 0) > 0 ? 'bad' : 'good') : 'accent'}
              />
              <Glow text={row.text} class="ranked__value" />
            </Go>
          </li>
        ))}
      </ol>
    </div>
  );
}
