import { formatCount } from '../format/numbers';
import { wordFor } from '../messages';
import { useAreaLabel } from '../store/areas';
import { useLanguage, useT } from '../store/hooks';
import { useProgrammes } from '../store/queries';
import type { FeedRow } from './changesModel';

/** What happened, in one sentence: ours for what is counted, else the server's. */
export function useSentence(): (row: FeedRow) => string {
  const t = useT();
  const language = useLanguage();
  const areaLabel = useAreaLabel();
  const programmes = useProgrammes().data?.programmes ?? [];
  const programmeName = (id: string) => {
    const found = programmes.find(({ programme }) => programme.id === id)?.programme;
    return found ? (language === 'id' ? found.name : found.nameEn) : id;
  };
  return (row) => {
    const { change } = row;
    const places = {
      families: formatCount(row.families, language),
      count: row.families,
      area: areaLabel(row.region),
      from: change.from,
      to: change.to,
    };
    if (row.kind === 'ingest') return t('feed.ingest', { ...places, source: change.subject });
    if (row.kind !== 'crossing') return language === 'id' ? change.summary : change.summaryEn;
    if (change.boundary.startsWith('need.')) {
      const programme = programmeName(change.boundary.slice(5));
      if (change.to === 'open') return t('feed.needOpened', { ...places, programme });
      if (change.from === 'open') return t('feed.needClosed', { ...places, programme });
      return t(change.to === 'unknown' ? 'feed.needUnknown' : 'feed.needKnown', { ...places, programme });
    }
    if (change.boundary === 'poverty_line') {
      if (change.to === 'poor') return t('feed.becamePoor', places);
      if (change.from === 'poor') return t('feed.leftPoverty', places);
    }
    if (change.boundary === 'decile' && /^\d+$/.test(change.from) && /^\d+$/.test(change.to))
      return t('feed.decile', places);
    return t('feed.crossing', {
      ...places,
      from: wordFor(t, 'class', change.from),
      to: wordFor(t, 'class', change.to),
    });
  };
}
