// Apa yang berubah: crossings by cause and area, alerts, plans and deliveries, each leading to its
// list. The feed runs by itself until somebody points at it or reads down.

import { useMemo } from 'preact/hooks';
import { formatMoment } from '../format/dates';
import { formatCount } from '../format/numbers';
import { useAreaLabel } from '../store/areas';
import { useEngaged, useHeldOrder, useLanguage, useT } from '../store/hooks';
import { useChanges } from '../store/queries';
import { feedRegion, groupChanges, targetOf, type FeedRow } from './changesModel';
import { Go, NowMark, PendingOrder } from './Controls';
import { Glow } from './Glow';
import { Panel } from './Panel';
import { EmptyState, Loaded } from './States';
import { useAgo } from './useAgo';
import { useSentence } from './useSentence';

const SHOWN = 30;
const CAUSES = ['own_data', 'others_moved', 'parameters_changed', 'entered', 'left'] as const;

export function ChangesPanel({ region }: { region: string }) {
  const t = useT();
  const at = feedRegion(region);
  const areaLabel = useAreaLabel();
  const changes = useChanges(at);
  const { engaged, watch } = useEngaged();
  const rows = useMemo(() => groupChanges(changes.data?.changes ?? []), [changes.data]);
  const held = useHeldOrder(rows, (row) => row.key, at, { flows: !engaged, most: SHOWN });
  const nothing = <EmptyState title={t('feed.none')} />;
  return (
    <div class="overview__feed" {...watch}>
      <Panel
        title={t('feed.title')}
        note={at === region ? undefined : t('feed.ofDistrict', { area: areaLabel(at) })}
        actions={
          <>
            <PendingOrder pending={held.pending} onLoad={held.load} />
            <NowMark />
          </>
        }
      >
        <Loaded of={changes} missing={nothing}>
          {() =>
            rows.length === 0 ? (
              nothing
            ) : (
              <ol class="feed" aria-label={t('feed.title')} tabIndex={0}>
                {held.rows.map((row) => (
                  <FeedItem key={row.key} row={row} />
                ))}
              </ol>
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}

function FeedItem({ row }: { row: FeedRow }) {
  const sentence = useSentence();
  const since = useAgo();
  const target = targetOf(row.change);
  const words = (
    <>
      <Glow text={sentence(row)} class="feed__text" />
      <Causes row={row} />
    </>
  );
  return (
    <li class={`feed__item feed__item--${row.kind} feed__item--${row.change.state || 'none'}`}>
      {target ? (
        <Go to={target} class="feed__link">
          {words}
        </Go>
      ) : (
        <span class="feed__link">{words}</span>
      )}
      <time title={formatMoment(row.atMs, true)} dateTime={new Date(row.atMs).toISOString()}>
        {since(row.atMs)}
      </time>
    </li>
  );
}

function Causes({ row }: { row: FeedRow }) {
  const t = useT();
  const language = useLanguage();
  const parts = CAUSES.flatMap((cause) => {
    const families = row.causes[cause] ?? 0;
    return families > 0 ? [t(`cause.${cause}`, { n: formatCount(families, language) })] : [];
  });
  return parts.length === 0 ? null : <span class="feed__causes">{parts.join(', ')}</span>;
}
