import { displayValue, formatValue, shortMeasureName } from '../../format/measures';
import { formatCount } from '../../format/numbers';
import { wordFor } from '../../messages';
import { Badge, Go, NowMark } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { Loaded, Skeleton } from '../../parts/States';
import { useMeasure, usePopulation } from '../../store/figures';
import { useLanguage, useT, useUrl } from '../../store/hooks';
import { useAlerts } from '../../store/queries';
import { groupAlerts, orderAlerts, type AlertGroup } from '../pemantauan/alertsModel';

/** What warns in this area, one line for each rule; the rest is in Pemantauan. */
export function AlertsBrief() {
  const t = useT();
  const { region } = useUrl();
  const alerts = useAlerts('firing', region);
  return (
    <Panel title={t('alerts.active')} actions={<NowMark />} class="overview__alerts">
      <Loaded of={alerts} skeleton={<Skeleton lines={3} />}>
        {({ alerts: list }) =>
          list.length === 0 ? (
            <p class="calm">{t('alerts.none.firing')}</p>
          ) : (
            <ul class="brief">
              {groupAlerts(orderAlerts(list)).map((group) => (
                <BriefRule key={group.key} group={group} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function BriefRule({ group }: { group: AlertGroup }) {
  const t = useT();
  const language = useLanguage();
  const measure = useMeasure(group.measure);
  const population = usePopulation();
  const limit = measure ? displayValue(measure, group.threshold, population) : null;
  return (
    <li>
      <Go to={{ section: 'pemantauan' }} class="brief__row">
        <Badge tone={group.severity === 'critical' ? 'bad' : 'warn'}>
          {wordFor(t, 'severity', group.severity)}
        </Badge>
        <span>
          {measure ? shortMeasureName(measure, t, language) : group.rule}
          <span class="alert__limit">
            {t('alerts.limit', {
              threshold: measure && limit !== null ? formatValue(measure, limit, language, population) : '',
              n: formatCount(group.alerts.length, language),
              count: group.alerts.length,
            })}
          </span>
        </span>
      </Go>
    </li>
  );
}
