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

/** Gravest rules first; within a rule the highest value first. */
export function groupAlerts(alerts: Alert[]): AlertGroup[] {
  const groups = new Map<string, AlertGroup>();
  for (const alert of alerts) {
    const { rule, severity, measure, threshold } = alert;
    const key = [rule, severity, threshold].join('/');
    const group = groups.get(key) ?? { key, rule, severity, measure, threshold, alerts: [] };
    group.alerts.push(alert);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort(
    (a, b) =>
      gravity(a.severity) - gravity(b.severity) ||
      b.alerts.length - a.alerts.length ||
      a.rule.localeCompare(b.rule),
  );
  for (const group of sorted) group.alerts.sort((a, b) => Number(b.value) - Number(a.value));
  return sorted;
}
