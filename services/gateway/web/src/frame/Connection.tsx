import { formatTime } from '../format/dates';
import { feedRegion, groupChanges } from '../parts/changesModel';
import { Go } from '../parts/Controls';
import { Icon } from '../parts/Icon';
import { useSentence } from '../parts/useSentence';
import { useStore, useT, useUrl } from '../store/hooks';
import { useChanges } from '../store/queries';

/** langsung, tertunda or terputus, always in sight. */
export function ConnectionBadge() {
  const store = useStore();
  const t = useT();
  const { state, lastHeardMs, retryAtMs, lagMs } = store.live.connection.value;
  const now = store.nowMs.value;
  const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000));
  const words = {
    connecting: t('connection.connecting'),
    live: t('connection.live'),
    delayed: t('connection.delayed', { seconds: seconds(Math.max(lagMs, now - lastHeardMs)) }),
    lost: t('connection.lost'),
  }[state];
  return (
    <div class={`connection connection--${state}`}>
      <span class="connection__dot" aria-hidden="true" />
      <span role="status">{words}</span>
      {state === 'lost' && (
        <span class="connection__more">
          {lastHeardMs > 0 && <span>{t('connection.last', { time: formatTime(lastHeardMs, true) })}</span>}
          <button type="button" class="button button--quiet" onClick={() => store.live.retryNow()}>
            {t('connection.retry', { seconds: seconds(retryAtMs - now) })}
          </button>
        </span>
      )}
    </div>
  );
}

/** After a break: what the page missed and has caught up with. */
export function CaughtUp() {
  const store = useStore();
  const t = useT();
  const missed = store.live.missed.value;
  if (!missed) return null;
  const time = formatTime(missed.sinceMs, true);
  return (
    <div class="notice notice--done no-print" role="status">
      <div>
        <p>
          {missed.publications > 0
            ? t('connection.caughtUp', { n: missed.publications, count: missed.publications, time })
            : t('connection.caughtUpNothing', { time })}
        </p>
        {missed.publications > 0 && <MissedChanges sinceMs={missed.sinceMs} />}
      </div>
      <button
        type="button"
        class="button button--icon"
        aria-label={t('action.dismiss')}
        onClick={() => (store.live.missed.value = null)}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

const TOLD = 3;

/** What happened meanwhile, the newest first. */
function MissedChanges({ sinceMs }: { sinceMs: number }) {
  const t = useT();
  const store = useStore();
  const { region } = useUrl();
  const sentence = useSentence();
  const since = sinceMs + store.live.clockOffsetMs.value;
  const changes = useChanges(feedRegion(region || '0')).data?.changes ?? [];
  const rows = groupChanges(changes.filter((change) => Number(change.atMs) >= since));
  if (rows.length === 0) return null;
  return (
    <ul class="missed">
      {rows.slice(0, TOLD).map((row) => (
        <li key={row.key}>{sentence(row)}</li>
      ))}
      {rows.length > TOLD && (
        <li>
          <Go to={{ section: 'ringkasan' }}>
            {t('connection.moreMissed', { n: rows.length - TOLD, count: rows.length - TOLD })}
          </Go>
        </li>
      )}
    </ul>
  );
}
