import { formatMoment, formatTime } from '../../format/dates';
import { formatCount } from '../../format/numbers';
import { useAsOf } from '../../frame/AsOf';
import { StackedBar, StackedLegend } from '../../parts/Bars';
import { Badge } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { Picture } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useLanguage, useT } from '../../store/hooks';
import { useArrivals } from '../../store/queries';
import { arrivalOf, OUTCOMES, type Arrival } from './arrivalsModel';

const SLOTS = ['0', '1', 'bad', '4'] as const;

/** Arrivals per source and hour; the four outcomes always add up to what was received. */
export function Arrivals() {
  const t = useT();
  const language = useLanguage();
  const { ms } = useAsOf();
  const source = ms > 0 ? t('source.arrivals', { time: formatMoment(ms, true) }) : '';
  const arrivals = useArrivals();
  const title = t('arrivals.title');
  const numeric = (key: string, column: string, value: (row: Arrival) => number) => ({
    key,
    title: column,
    numeric: true,
    value,
    cell: (row: Arrival) => formatCount(value(row), language),
  });
  return (
    <Loaded
      of={arrivals}
      skeleton={
        <div class="panel">
          <Skeleton lines={8} />
        </div>
      }
    >
      {({ arrivals: list, total }) => {
        const rows = list.map(arrivalOf);
        return (
          <Picture
            title={title}
            note={t('arrivals.note')}
            table={{
              id: 'kiriman',
              name: title,
              caption: title,
              rows,
              keyOf: (row) => row.key,
              source,
              columns: [
                { key: 'hour', title: t('column.hour'), value: (row) => hourWords(row.hourMs) },
                { key: 'source', title: t('column.source'), value: (row) => row.source },
                numeric('deliveries', t('column.deliveries'), (row) => row.deliveries),
                numeric('received', t('outcome.received'), (row) => row.received),
                ...OUTCOMES.map((key) =>
                  numeric(key, t(`outcome.${key}`), (row: Arrival) => row.outcomes[key]),
                ),
              ],
            }}
          >
            {rows.length === 0 ? (
              <EmptyState title={t('arrivals.none')} />
            ) : (
              <ArrivalRows rows={rows} total={arrivalOf(total)} />
            )}
          </Picture>
        );
      }}
    </Loaded>
  );
}

/** `25-11-2026 18.00–19.00` */
function hourWords(ms: number): string {
  return `${formatMoment(ms)}–${formatTime(ms + 3_600_000)}`;
}

function ArrivalRows({ rows, total }: { rows: Arrival[]; total: Arrival }) {
  const t = useT();
  const language = useLanguage();
  const n = (value: number) => formatCount(value, language);
  return (
    <>
      <p class="sum" aria-live="polite">
        <Glow text={n(total.received)} class="sum__total" />{' '}
        {t('outcome.received').toLocaleLowerCase(language)}
        <span class="sum__parts">
          {' = '}
          {t('arrivals.sum', {
            accepted: n(total.outcomes.accepted),
            flagged: n(total.outcomes.flagged),
            rejected: n(total.outcomes.rejected),
            repeated: n(total.outcomes.repeated),
          })}
        </span>
      </p>
      <StackedLegend labels={OUTCOMES.map((key) => t(`outcome.${key}`))} slots={SLOTS} />
      <ul class="arrivals" tabIndex={0} aria-label={t('arrivals.title')}>
        {rows.map((row) => (
          <li key={row.key}>
            <span class="arrivals__when">{hourWords(row.hourMs)}</span>
            <span class="arrivals__source">
              {row.source}
              {row.running && <Badge tone="accent">{t('arrivals.running')}</Badge>}
            </span>
            <StackedBar
              most={row.received}
              parts={OUTCOMES.map((key, index) => ({
                key,
                label: t(`outcome.${key}`),
                size: row.outcomes[key],
                text: n(row.outcomes[key]),
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
