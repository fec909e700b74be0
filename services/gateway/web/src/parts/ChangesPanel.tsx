// Apa yang berubah: crossings by cause and area, alerts, plans and deliveries, each leading to its
// list. The feed runs by itself until somebody points at it or reads down.

import type { Change } from '../api/types';
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
  return (
    <Panel
      title={t('feed.title')}
      note={at === region ? undefined : t('feed.ofDistrict', { area: areaLabel(at) })}
      actions={<NowMark />}
      class="overview__feed"
    >
      <Loaded of={changes} missing={<EmptyState title={t('feed.none')} />}>
        {({ changes: all }) =>
          all.length === 0 ? <EmptyState title={t('feed.none')} /> : <Feed changes={all} region={at} />
        }
      </Loaded>
    </Panel>
  );
}

function Feed({ changes, region }: { changes: Change[]; region: string }) {
  const t = useT();
  const { engaged, watch } = useEngaged();
  const rows = groupChanges(changes).slice(0, SHOWN);
  const held = useHeldOrder(rows, (row) => row.key, region, !engaged);
  return (
    <>
      <PendingOrder pending={held.pending} onLoad={held.load} />
      <ol class="feed" aria-label={t('feed.title')} tabIndex={0} {...watch}>
        {held.rows.map((row) => (
          <FeedItem key={row.key} row={row} />
        ))}
      </ol>
    </>
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
