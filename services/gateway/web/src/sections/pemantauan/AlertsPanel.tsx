import { useMemo } from 'preact/hooks';
import type { Alert } from '../../api/types';
import { formatMoment } from '../../format/dates';
import { displayValue, formatValue, measureName } from '../../format/measures';
import { formatCount, toCount } from '../../format/numbers';
import { wordFor } from '../../messages';
import { useAgo } from '../../parts/useAgo';
import { Badge, Go, PendingOrder, Segments } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { Glow } from '../../parts/Glow';
import { useAreaLabel } from '../../store/areas';
import { useMeasure, usePopulation } from '../../store/figures';
import { useHeldOrder, useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useAlerts } from '../../store/queries';
import { groupAlerts, orderAlerts, type AlertGroup } from './alertsModel';

const STATES = ['firing', 'pending', 'resolved'] as const;

/** Alerts by state: since when, how many families, and the way to look at them. */
export function AlertsPanel() {
  const t = useT();
  const store = useStore();
  const { alertState, region } = useUrl();
  const state = (STATES as readonly string[]).includes(alertState) ? alertState : 'firing';
  const alerts = useAlerts(state, region);
  const ordered = useMemo(() => orderAlerts(alerts.data?.alerts ?? []), [alerts.data]);
  const held = useHeldOrder(ordered, (alert) => alert.fingerprint, `${state}/${region}`);
  return (
    <Panel
      title={t('alerts.title')}
      actions={
        <>
          <PendingOrder pending={held.pending} onLoad={held.load} />
          <Segments
            label={t('alerts.state')}
            value={state}
            options={STATES.map((value) => ({ value, label: t(`alertState.${value}`) }))}
            onChange={(value) => store.go({ alertState: value === 'firing' ? '' : value })}
          />
        </>
      }
    >
      <Loaded of={alerts} skeleton={<Skeleton lines={5} />}>
        {() =>
          held.rows.length === 0 ? (
            <EmptyState title={t(`alerts.none.${state as 'firing'}`)} />
          ) : (
            <ul class="alerts" tabIndex={0} aria-label={t('alerts.title')}>
              {groupAlerts(held.rows).map((group) => (
                <AlertRule key={group.key} group={group} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

/** Values of an alert in the unit of its measure. */
function useShown(measureId: string): (text: string) => string {
  const language = useLanguage();
  const measure = useMeasure(measureId);
  const population = usePopulation();
  return (text) => {
    const value = measure ? displayValue(measure, text, population) : null;
    return measure && value !== null ? formatValue(measure, value, language, population) : text;
  };
}

function AlertRule({ group }: { group: AlertGroup }) {
  const t = useT();
  const language = useLanguage();
  const measure = useMeasure(group.measure);
  const shown = useShown(group.measure);
  return (
    <li class={`alert alert--${group.alerts[0]?.state ?? ''}`}>
      <h3 class="alert__head">
        <Badge tone={group.severity === 'critical' ? 'bad' : 'warn'}>
          {wordFor(t, 'severity', group.severity)}
        </Badge>
        <span>
          {measure ? measureName(measure, language) : group.rule}
          <span class="alert__limit">
            {t('alerts.limit', {
              threshold: shown(group.threshold),
              n: formatCount(group.alerts.length, language),
              count: group.alerts.length,
            })}
          </span>
        </span>
      </h3>
      <ul>
        {group.alerts.map((alert) => (
          <AlertRow key={alert.fingerprint} alert={alert} />
        ))}
      </ul>
    </li>
  );
}

function AlertRow({ alert }: { alert: Alert }) {
  const t = useT();
  const language = useLanguage();
  const since = useAgo();
  const areaLabel = useAreaLabel();
  const shown = useShown(alert.measure);
  const families = toCount(alert.affectedFamilies);
  const sinceMs = Number(alert.sinceMs);
  return (
    <li class="alert__row" title={language === 'id' ? alert.summary : alert.summaryEn}>
      <Go to={{ section: 'ringkasan', region: alert.region }} class="alert__area">
        {areaLabel(alert.region)}
      </Go>
      <Glow text={shown(alert.value)} class="alert__value" />
      <span class="alert__since" title={formatMoment(sinceMs, true)}>
        {since(sinceMs)}
      </span>
      <Go to={{ section: 'sasaran', region: alert.region, view: 'keluarga' }} class="alert__go">
        {t('alerts.families', { n: formatCount(families, language, true), count: families })}
      </Go>
    </li>
  );
}
