import type { Alert } from '../../api/types';
import { formatMoment } from '../../format/dates';
import { displayValue, formatValue } from '../../format/measures';
import { formatCount, toCount } from '../../format/numbers';
import { wordFor } from '../../messages';
import { useAgo } from '../../parts/ChangesFeed';
import { Badge, Go, PendingOrder, Segments } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useMeasure, usePopulation } from '../../store/figures';
import { useHeldOrder, useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useAlerts } from '../../store/queries';

const STATES = ['firing', 'pending', 'resolved'] as const;

/** Alerts by state: since when, how many families, and the way to look at them. */
export function AlertsPanel() {
  const t = useT();
  const store = useStore();
  const { alertState, region } = useUrl();
  const state = (STATES as readonly string[]).includes(alertState) ? alertState : 'firing';
  const alerts = useAlerts(state, region);
  return (
    <Panel
      title={t('alerts.title')}
      actions={
        <Segments
          label={t('alerts.state')}
          value={state}
          options={STATES.map((value) => ({ value, label: t(`alertState.${value}`) }))}
          onChange={(value) => store.go({ alertState: value === 'firing' ? '' : value })}
        />
      }
    >
      <Loaded of={alerts} skeleton={<Skeleton lines={5} />}>
        {({ alerts: list }) =>
          list.length === 0 ? (
            <EmptyState title={t(`alerts.none.${state as 'firing'}`)} />
          ) : (
            <AlertList alerts={list} scope={`${state}/${region}`} />
          )
        }
      </Loaded>
    </Panel>
  );
}

function AlertList({ alerts, scope }: { alerts: Alert[]; scope: string }) {
  const held = useHeldOrder(alerts, (alert) => alert.fingerprint, scope);
  return (
    <>
      <PendingOrder pending={held.pending} onLoad={held.load} />
      <ul class="alerts">
        {held.rows.map((alert) => (
          <AlertItem key={alert.fingerprint} alert={alert} />
        ))}
      </ul>
    </>
  );
}

function AlertItem({ alert }: { alert: Alert }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const since = useAgo();
  const measure = useMeasure(alert.measure);
  const population = usePopulation();
  const shown = (text: string) => {
    const value = measure ? displayValue(measure, text, population) : null;
    return measure && value !== null ? formatValue(measure, value, language) : text;
  };
  const families = toCount(alert.affectedFamilies);
  const sinceMs = Number(alert.sinceMs);
  return (
    <li class={`alert alert--${alert.state}`}>
      <div class="alert__head">
        <Badge tone={alert.severity === 'critical' ? 'bad' : 'warn'}>
          {wordFor(t, 'severity', alert.severity)}
        </Badge>
        <strong>{(language === 'id' ? alert.summary : alert.summaryEn) || alert.rule}</strong>
      </div>
      <p class="panel__note">
        {store.names.name(alert.region)} ·{' '}
        {t('alerts.value', { value: shown(alert.value), threshold: shown(alert.threshold) })} ·{' '}
        <span title={formatMoment(sinceMs, true)}>{t('alerts.since', { ago: since(sinceMs) })}</span>
      </p>
      <Go to={{ section: 'sasaran', region: alert.region, view: 'keluarga' }} class="alert__go">
        {t('alerts.families', { n: formatCount(families, language, true), count: families })}
      </Go>
    </li>
  );
}
