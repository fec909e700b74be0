// What happened during a course and may explain a step: a new line, a new model, other programmes.

import type { Change } from '../api/types';
import { useLanguage, useT } from '../store/hooks';
import { useChanges } from '../store/queries';

/** An event of a chart, or several that are too close together to be told apart. */
export interface TrendEvent {
  atMs: number;
  labels: string[];
}

/** Events in the order of time; those closer than `nearMs` to the first of a group join it. */
export function groupEvents(events: { atMs: number; label: string }[], nearMs: number): TrendEvent[] {
  const groups: TrendEvent[] = [];
  for (const { atMs, label } of [...events].sort((a, b) => a.atMs - b.atMs)) {
    const last = groups.at(-1);
    if (!last || atMs - last.atMs > nearMs) groups.push({ atMs, labels: [label] });
    else if (!last.labels.includes(label)) last.labels.push(label);
  }
  return groups;
}

function isParameter(change: Change): boolean {
  return change.kind === 'parameter';
}

/** Changes of rules, lines and models between two moments, with a label each. */
export function useTrendEvents(
  region: string,
  fromMs: number,
  toMs: number,
): { atMs: number; label: string }[] {
  const t = useT();
  const language = useLanguage();
  const changes = useChanges(region).data?.changes ?? [];
  const events = changes
    .filter(isParameter)
    .map((change) => ({
      atMs: Number(change.atMs),
      label: language === 'id' ? change.summary : change.summaryEn,
    }))
    .filter(({ atMs }) => atMs > fromMs && atMs <= toMs);
  return groupEvents(events, (toMs - fromMs) / 12).map(({ atMs, labels }) => ({
    atMs,
    label: labels.length === 1 ? (labels[0] as string) : t('trend.events', { n: labels.length }),
  }));
}
