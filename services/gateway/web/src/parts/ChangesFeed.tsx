// Apa yang berubah: crossings by cause, alerts, plans and deliveries, each leading to its list.

import type { Change } from '../api/types';
import { ago, formatMoment } from '../format/dates';
import { formatCount, toCount } from '../format/numbers';
import { MESSAGES, wordFor, type MessageKey } from '../messages';
import { useLanguage, useStore, useT } from '../store/hooks';
import { useChanges } from '../store/queries';
import type { UrlState } from '../url/state';
import { Go } from './Controls';
import type { TrendEvent } from './TrendChart';
import { EmptyState, Loaded } from './States';

const CAUSES = ['own_data', 'others_moved', 'parameters_changed', 'entered', 'left'] as const;

export function useAgo(): (ms: number) => string {
  const store = useStore();
  const t = useT();
  const now = store.nowMs.value + store.live.clockOffsetMs.value;
  return (ms) => {
    const { unit, count } = ago(ms, now);
    if (unit === 'second' && count < 5) return t('ago.now');
    return t(`ago.${unit}` as MessageKey, { n: count, count });
  };
}

function boundarySentence(change: Change, t: ReturnType<typeof useT>, families: string): string {
  const places = { families, count: toCount(change.families), from: change.from, to: change.to };
  if (change.boundary === 'poverty_line') {
    if (change.to === 'poor') return t('feed.becamePoor', places);
    if (change.from === 'poor') return t('feed.leftPoverty', places);
  }
  if (change.boundary.startsWith('need.')) {
    return t(change.to === 'open' ? 'feed.needOpened' : 'feed.needClosed', places);
  }
  if (change.boundary === 'decile' && /^\d+$/.test(change.from) && /^\d+$/.test(change.to)) {
    return t('feed.decile', places);
  }
  return t('feed.crossing', {
    ...places,
    from: wordFor(t, 'class', change.from),
    to: wordFor(t, 'class', change.to),
  });
}

/** The server's sentence where it wrote one, else ours. */
function useSentence(): (change: Change) => string {
  const t = useT();
  const language = useLanguage();
  return (change) => {
    const written = language === 'id' ? change.summary : change.summaryEn;
    if (written) return written;
    const count = toCount(change.families);
    const families = formatCount(count, language);
    if (change.kind === 'crossing') return boundarySentence(change, t, families);
    if (!(`feed.${change.kind}` in MESSAGES.id)) return change.subject;
    return t(`feed.${change.kind as 'alert'}`, {
      subject: change.subject,
      state: wordFor(t, 'feedState', change.state),
      families,
      count,
    });
  };
}

/** Changes of rules, lines and models, for the notes of a chart. */
export function useTrendEvents(region: string): TrendEvent[] {
  const sentence = useSentence();
  const changes = useChanges(region).data?.changes ?? [];
  return changes
    .filter((change) => change.kind === 'parameter')
    .map((change) => ({ atMs: Number(change.atMs), label: sentence(change) }));
}

function target(change: Change): Partial<UrlState> {
  switch (change.kind) {
    case 'alert':
      return { section: 'pemantauan', region: change.region };
    case 'plan':
    case 'delivery':
    case 'outcome':
      return { section: 'anggaran', programme: change.subject };
    case 'ingest':
      return { section: 'data' };
    case 'parameter':
      return { section: 'ringkasan' };
    default: {
      const programme = change.boundary.startsWith('need.') ? change.boundary.slice(5) : '';
      return { section: 'sasaran', region: change.region, view: 'keluarga', programme };
    }
  }
}

function Causes({ change }: { change: Change }) {
  const t = useT();
  const language = useLanguage();
  const parts = CAUSES.flatMap((cause) => {
    const families = toCount(change.familiesByCause[cause]);
    return families > 0 ? [t(`cause.${cause}`, { n: formatCount(families, language) })] : [];
  });
  return parts.length === 0 ? null : <span class="feed__causes">{parts.join(', ')}</span>;
}

export function ChangesFeed({ region, limit }: { region: string; limit: number }) {
  const t = useT();
  const store = useStore();
  const sentence = useSentence();
  const since = useAgo();
  const changes = useChanges(region);
  return (
    <Loaded of={changes} missing={<EmptyState title={t('feed.none')} />}>
      {({ changes: all }) =>
        all.length === 0 ? (
          <EmptyState title={t('feed.none')} />
        ) : (
          <ol class="feed">
            {all.slice(0, limit).map((change, index) => (
              <li
                key={`${change.kind}/${change.region}/${change.boundary}/${change.atMs}/${index}`}
                class={`feed__item feed__item--${change.kind}`}
              >
                <Go to={target(change)} class="feed__link">
                  <span class="feed__text">{sentence(change)}</span>
                  <span class="feed__where">
                    {change.region && store.names.name(change.region)}
                    {!change.summary && <Causes change={change} />}
                  </span>
                </Go>
                <time
                  title={formatMoment(Number(change.atMs), true)}
                  dateTime={new Date(Number(change.atMs)).toISOString()}
                >
                  {since(Number(change.atMs))}
                </time>
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
