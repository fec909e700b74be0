import { ago } from '../format/dates';
import type { MessageKey } from '../messages';
import { useStore, useT } from '../store/hooks';

/** How long ago a moment of the server is, in words that keep up with the time. */
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
