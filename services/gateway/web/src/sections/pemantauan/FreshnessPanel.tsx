import type { RegionFreshness } from '../../api/types';
import { formatEpochDay, formatMoment } from '../../format/dates';
import { formatCount, toCount } from '../../format/numbers';
import { wordFor } from '../../messages';
import { Badge, Go } from '../../parts/Controls';
import { DataTable } from '../../parts/DataTable';
import { Panel, SourceLine } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useFreshness } from '../../store/queries';
import { useSource } from '../shared';

const TONES: Record<string, 'good' | 'warn' | 'bad' | 'calm'> = {
  segar: 'good',
  menua: 'warn',
  basi: 'bad',
  kosong: 'calm',
};

/** How fresh the data of each area below is. */
export function FreshnessPanel() {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const store = useStore();
  const source = useSource();
  const freshness = useFreshness(region);
  const title = t('freshness.title');
  const stateOf = (row: RegionFreshness) => wordFor(t, 'freshness', row.state);
  return (
    <Panel title={title} note={t('freshness.note')}>
      <Loaded
        of={freshness}
        missing={<EmptyState title={t('freshness.none')} />}
        skeleton={<Skeleton lines={8} />}
      >
        {({ regions }) =>
          regions.length === 0 ? (
            <EmptyState title={t('freshness.none')} />
          ) : (
            <DataTable<RegionFreshness>
              id="kesegaran"
              name={title}
              caption={title}
              rows={regions}
              keyOf={(row) => row.region}
              source={source}
              columns={[
                {
                  key: 'area',
                  title: t('column.area'),
                  value: (row) => store.names.name(row.region),
                  cell: (row) => <Go to={{ region: row.region }}>{store.names.name(row.region)}</Go>,
                },
                {
                  key: 'state',
                  title: t('column.state'),
                  value: stateOf,
                  cell: (row) => <Badge tone={TONES[row.state] ?? 'calm'}>{stateOf(row)}</Badge>,
                },
                {
                  key: 'families',
                  title: t('column.families'),
                  numeric: true,
                  value: (row) => toCount(row.families),
                  cell: (row) => formatCount(toCount(row.families), language, true),
                },
                {
                  key: 'observed',
                  title: t('column.observed'),
                  numeric: true,
                  value: (row) => (row.newestObservation > 0 ? formatEpochDay(row.newestObservation) : null),
                },
                {
                  key: 'accepted',
                  title: t('column.accepted'),
                  numeric: true,
                  optional: true,
                  value: (row) =>
                    toCount(row.newestAcceptedAtMs) > 0
                      ? formatMoment(toCount(row.newestAcceptedAtMs))
                      : null,
                },
              ]}
            />
          )
        }
      </Loaded>
      <SourceLine text={source} />
    </Panel>
  );
}
