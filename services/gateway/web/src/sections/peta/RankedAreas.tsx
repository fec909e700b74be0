import { LengthBar } from '../../parts/Bars';
import { Go } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import type { AreaRow } from '../../store/areas';
import { useT } from '../../store/hooks';

/** The same areas as lengths, highest first: what a map cannot show exactly. */
export function RankedAreas({ rows, signed }: { rows: AreaRow[]; signed: boolean }) {
  const t = useT();
  const known = rows.filter((row) => row.value !== null);
  const sorted = [...known].sort((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, 24);
  const most = Math.max(...known.map((row) => Math.abs(row.value ?? 0)), 0);
  return (
    <div class="ranked">
      <h3 class="ranked__title">{t('map.ranked')}</h3>
      <ol>
        {sorted.map((row) => (
          <li key={row.code}>
            <Go to={{ region: row.code }} class="ranked__row">
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
