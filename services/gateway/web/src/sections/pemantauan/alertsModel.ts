// Alerts as a person reads them: one rule with the areas it speaks of.

import type { Alert } from '../../api/types';

export interface AlertGroup {
  key: string;
  rule: string;
  severity: string;
  measure: string;
  threshold: string;
  alerts: Alert[];
}

const SEVERITIES = ['critical', 'warning', 'info'];

function gravity(severity: string): number {
  const at = SEVERITIES.indexOf(severity);
  return at < 0 ? SEVERITIES.length : at;
}

function groupKey({ rule, severity, threshold }: Alert): string {
  return [rule, severity, threshold].join('/');
}

/** Gravest rules first, then those that speak of most areas; within a rule the highest value first. */
export function orderAlerts(alerts: Alert[]): Alert[] {
  const sizes = new Map<string, number>();
  for (const alert of alerts) sizes.set(groupKey(alert), (sizes.get(groupKey(alert)) ?? 0) + 1);
  return [...alerts].sort(
    (a, b) =>
      gravity(a.severity) - gravity(b.severity) ||
      (sizes.get(groupKey(b)) ?? 0) - (sizes.get(groupKey(a)) ?? 0) ||
      groupKey(a).localeCompare(groupKey(b)) ||
      Number(b.value) - Number(a.value),
  );
}

/** Alerts under their rules, both in the order in which they come. */
export function groupAlerts(alerts: Alert[]): AlertGroup[] {
  const groups = new Map<string, AlertGroup>();
  for (const alert of alerts) {
    const { rule, severity, measure, threshold } = alert;
    const key = groupKey(alert);
    const group = groups.get(key) ?? { key, rule, severity, measure, threshold, alerts: [] };
    group.alerts.push(alert);
    groups.set(key, group);
  }
  return [...groups.values()];
}
