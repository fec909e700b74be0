import { formatSince } from '../../format/dates';
import { formatCount, formatNumber } from '../../format/numbers';
import { Go } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { useAreaLabel, useMeasureName, useWorsened } from '../../store/areas';
import { useLiveFigure } from '../../store/figures';
import { useEngaged, useHeldOrder, useLanguage, useStore, useT, useUrl } from '../../store/hooks';

/** The three areas whose poverty rate rose most, with what rose beside it. */
export function Worsened() {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const { region } = useUrl();
  const nameOf = useMeasureName();
  const baseline = useLiveFigure('p0')?.course.baseline ?? null;
  const worst = useWorsened(baseline?.publication);
  const areaLabel = useAreaLabel();
  const { engaged, watch } = useEngaged();
  const held = useHeldOrder(worst, (area) => area.code, region, { flows: !engaged });
  const points = (value: number) => formatNumber(value, 2, language);
  const note = baseline
    ? t('change.since', { time: formatSince(baseline.atMs, store.nowMs.value) })
    : t('change.none');
  return (
    <Panel title={t('worsened.title')} note={note}>
      {worst.length === 0 ? (
        <p class="calm">{t('worsened.none')}</p>
      ) : (
        <ol class="worsened" {...watch}>
          {held.rows.map((area) => (
            <li key={area.code}>
              <Go to={{ region: area.code }} class="worsened__link">
                <span class="worsened__name">{areaLabel(area.code)}</span>
                <span class="worsened__change">
                  <span aria-hidden="true">▲ </span>
                  {t('change.points', { n: points(area.now - area.before) })}
                </span>
                <span class="worsened__why">
                  {t('families.count', {
                    n: formatCount(area.families, language, true),
                    count: area.families,
                  })}
                  {', '}
                  {t('worsened.from', { before: points(area.before), now: points(area.now) })}
                  {area.cause &&
                    ` ${t('worsened.why', { measure: nameOf(area.cause.measure), n: points(area.cause.points) })}`}
                </span>
              </Go>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
