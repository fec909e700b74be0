import { formatMoment } from '../../format/dates';
import { formatCount } from '../../format/numbers';
import { StackedBar, StackedLegend } from '../../parts/Bars';
import { Badge } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { Picture } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useLanguage, useT } from '../../store/hooks';
import { useIngests } from '../../store/queries';
import { useSource } from '../shared';
import { arrivalsByHour, totalOf, type Arrival } from './arrivalsModel';

const OUTCOMES = ['accepted', 'flagged', 'rejected', 'repeated'] as const;
const SLOTS = ['0', '1', 'bad', '4'] as const;

/** Arrivals per source and hour; the four outcomes always add up to what was received. */
export function Arrivals() {
  const t = useT();
  const language = useLanguage();
  const source = useSource();
  const ingests = useIngests();
  const title = t('arrivals.title');
  const numeric = (key: 'received' | (typeof OUTCOMES)[number]) => ({
    key,
    title: t(`outcome.${key}`),
    numeric: true,
    value: (row: Arrival) => row[key],
    cell: (row: Arrival) => formatCount(row[key], language),
  });
  return (
    <Loaded
      of={ingests}
      skeleton={
        <div class="panel">
          <Skeleton lines={8} />
        </div>
      }
    >
      {({ ingests: list }) => {
        const rows = arrivalsByHour(list);
        return (
          <Picture
            title={title}
            note={t('arrivals.note')}
            table={{
              name: title,
              caption: title,
              rows,
              keyOf: (row) => row.key,
              source,
              columns: [
                { key: 'hour', title: t('column.hour'), value: (row) => formatMoment(row.hourMs) },
                { key: 'source', title: t('column.source'), value: (row) => row.source },
                { key: 'files', title: t('column.deliveries'), numeric: true, value: (row) => row.files },
                ...(['received', ...OUTCOMES] as const).map(numeric),
              ],
            }}
          >
            {rows.length === 0 ? <EmptyState title={t('arrivals.none')} /> : <ArrivalRows rows={rows} />}
          </Picture>
        );
      }}
    </Loaded>
  );
}

function ArrivalRows({ rows }: { rows: Arrival[] }) {
  const t = useT();
  const language = useLanguage();
  const n = (value: number) => formatCount(value, language);
  const total = totalOf(rows);
  return (
    <>
      <p class="sum" aria-live="polite">
        <Glow text={n(total.received)} class="sum__total" />{' '}
        {t('outcome.received').toLocaleLowerCase(language)}
        <span class="sum__parts">
          {' = '}
          {t('arrivals.sum', {
            accepted: n(total.accepted),
            flagged: n(total.flagged),
            rejected: n(total.rejected),
            repeated: n(total.repeated),
          })}
        </span>
      </p>
      <StackedLegend labels={OUTCOMES.map((key) => t(`outcome.${key}`))} slots={SLOTS} />
      <ul class="arrivals" tabIndex={0} aria-label={t('arrivals.title')}>
        {rows.slice(0, 60).map((row) => (
          <li key={row.key}>
            <span class="arrivals__when">{formatMoment(row.hourMs)}</span>
            <span class="arrivals__source">
              {row.source}
              {row.running && <Badge tone="accent">{t('arrivals.running')}</Badge>}
            </span>
            <StackedBar
              most={row.received}
              parts={OUTCOMES.map((key, index) => ({
                key,
                label: t(`outcome.${key}`),
                size: row[key],
                text: n(row[key]),
                slot: SLOTS[index] as string,
              }))}
            />
            <Glow text={n(row.received)} class="arrivals__total" />
          </li>
        ))}
      </ul>
    </>
  );
}
