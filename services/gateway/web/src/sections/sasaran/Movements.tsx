// Who moved: how many families crossed a boundary, in which area and why; and where families stand.

import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatMoment } from '../../format/dates';
import { formatCount, maskedCount, maskedSize, toCount } from '../../format/numbers';
import { LengthBar, StackedBar, StackedLegend } from '../../parts/Bars';
import { feedRegion } from '../../parts/changesModel';
import { Badge, Go, PendingOrder, Segments, Select } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { Picture } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useAreaLabel } from '../../store/areas';
import { figureOf } from '../../store/figures';
import { useHeldOrder, useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useChanges, useFigures, useProgrammes } from '../../store/queries';
import { periodStart, PERIODS, type Period } from '../../url/state';
import { useSource } from '../shared';
import { CAUSES, crossed, movesOf, newestCrossingMs, sumOf, type AreaMoves } from './movesModel';

const LAST = 'terakhir';
const SHOWN_PERIODS = PERIODS.filter((period) => period !== 'semua' && period !== '30h');

export function Movements() {
  return (
    <div class="split split--moves">
      <Crossings />
      <DecileSpread />
    </div>
  );
}

/** The name of a boundary: the poverty line, deciles, or the conditions of a programme. */
function useBoundaries(): { value: string; label: string }[] {
  const t = useT();
  const language = useLanguage();
  const programmes = useProgrammes().data?.programmes ?? [];
  return [
    { value: '', label: t('moves.boundary.line') },
    { value: 'decile', label: t('moves.boundary.decile') },
    ...programmes.map(({ programme }) => ({
      value: `need.${programme.id}`,
      label: language === 'id' ? programme.name : programme.nameEn,
    })),
  ];
}

function Crossings() {
  const t = useT();
  const store = useStore();
  const { region, boundary, since, period } = useUrl();
  const at = feedRegion(region);
  const changes = useChanges(at);
  const boundaries = useBoundaries();
  const list = changes.data?.changes ?? [];
  const sinceMs = since === LAST ? newestCrossingMs(list) : periodStart(period as Period, store.nowMs.value);
  const areas = useMemo(() => movesOf(list, boundary || 'poverty_line', sinceMs), [list, boundary, sinceMs]);
  // The list of changes has an end; before it nothing is known here.
  const oldest = Number(list.at(-1)?.atMs ?? 0);
  return (
    <Loaded
      of={changes}
      missing={
        <div class="panel">
          <EmptyState title={t('moves.none')} />
        </div>
      }
      skeleton={
        <div class="panel">
          <Skeleton height={420} />
        </div>
      }
    >
      {() => (
        <CrossingsPicture
          areas={areas}
          from={Math.max(sinceMs, oldest)}
          scope={`${at}/${boundary}/${since}/${period}`}
          tools={
            <>
              <Select
                label={t('moves.boundary')}
                value={boundary}
                options={boundaries}
                onChange={(value) => store.go({ boundary: value })}
              />
              <Segments
                label={t('moves.since')}
                value={since === LAST ? LAST : period}
                options={[
                  { value: LAST, label: t('moves.last') },
                  ...SHOWN_PERIODS.map((value) => ({ value, label: t(`period.${value}`) })),
                ]}
                onChange={(value) =>
                  store.go(value === LAST ? { since: LAST } : { since: '', period: value as Period })
                }
              />
            </>
          }
        />
      )}
    </Loaded>
  );
}

function CrossingsPicture(props: {
  areas: AreaMoves[];
  from: number;
  scope: string;
  tools: ComponentChildren;
}) {
  const t = useT();
  const language = useLanguage();
  const areaLabel = useAreaLabel();
  const source = useSource();
  const { boundary } = useUrl();
  const { areas } = props;
  const movers = areas.filter((area) => crossed(area) > 0);
  const held = useHeldOrder(movers, (area) => area.region, props.scope);
  const all = sumOf(areas);
  const most = Math.max(...areas.map(crossed), 5);
  const count = (n: number) => formatCount(n, language, true);
  const need = boundary.startsWith('need.');
  const [worse, better] = need
    ? (['moves.opened', 'moves.closed'] as const)
    : boundary === 'decile'
      ? (['moves.lower', 'moves.higher'] as const)
      : (['moves.worse', 'moves.better'] as const);
  const causeName = (cause: string) => t(`moves.cause.${cause as 'own_data'}`);
  const title = t('moves.title');
  return (
    <Picture
      title={title}
      note={t('moves.note', { time: formatMoment(props.from) })}
      actions={<PendingOrder pending={held.pending} onLoad={held.load} />}
      before={<div class="tools no-print">{props.tools}</div>}
      table={{
        id: 'perpindahan',
        name: title,
        caption: title,
        rows: areas,
        keyOf: (area) => area.region,
        source,
        columns: [
          { key: 'area', title: t('column.area'), value: (area) => areaLabel(area.region) },
          ...(['worse', 'better', 'unknown'] as const).map((part) => ({
            key: part,
            title: t(part === 'worse' ? worse : part === 'better' ? better : 'moves.unknown'),
            numeric: true,
            value: (area: AreaMoves) => maskedCount(area[part]),
            cell: (area: AreaMoves) => count(area[part]),
          })),
          ...CAUSES.map((cause) => ({
            key: cause,
            title: causeName(cause),
            numeric: true,
            value: (area: AreaMoves) => maskedCount(area.causes[cause]),
            cell: (area: AreaMoves) => count(area.causes[cause]),
          })),
          ...(['entered', 'left'] as const).map((part) => ({
            key: part,
            title: t(`moves.${part}`),
            numeric: true,
            optional: true,
            value: (area: AreaMoves) => maskedCount(area[part]),
            cell: (area: AreaMoves) => count(area[part]),
          })),
        ],
      }}
    >
      {movers.length === 0 ? (
        <EmptyState title={t('moves.none')} />
      ) : (
        <>
          <p class="moves__sum">
            <span class="moves__part">
              <Glow text={count(all.worse)} class="moves__number moves__number--bad" /> {t(worse)}
            </span>
            <span class="moves__part">
              <Glow text={count(all.better)} class="moves__number moves__number--good" /> {t(better)}
            </span>
            {all.unknown > 0 && (
              <span class="moves__part">
                <Glow text={count(all.unknown)} class="moves__number" /> {t('moves.unknown')}
              </span>
            )}
          </p>
          <StackedLegend labels={CAUSES.map(causeName)} />
          <ol class="ranking">
            {held.rows.map((area) => (
              <li key={area.region}>
                <Go to={{ region: area.region, view: 'perpindahan' }} class="ranking__row moves__row">
                  <span class="ranking__name">{areaLabel(area.region)}</span>
                  <span class="moves__marks">
                    {area.worse > 0 && <Badge tone="bad">▼ {count(area.worse)}</Badge>}
                    {area.better > 0 && <Badge tone="good">▲ {count(area.better)}</Badge>}
                    {area.unknown > 0 && <Badge tone="calm">? {count(area.unknown)}</Badge>}
                  </span>
                  <StackedBar
                    most={most}
                    parts={CAUSES.map((cause, index) => ({
                      key: cause,
                      slot: String(index),
                      label: causeName(cause),
                      size: maskedSize(area.causes[cause]),
                      text: count(area.causes[cause]),
                    })).filter((part) => part.size > 0)}
                  />
                </Go>
              </li>
            ))}
          </ol>
        </>
      )}
      {all.entered + all.left > 0 && (
        <p class="panel__note">
          {t('moves.register', { entered: count(all.entered), left: count(all.left) })}
        </p>
      )}
    </Picture>
  );
}

const DECILES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];

/** How the families of the area stand among all ranked families: a tenth each would be average. */
function DecileSpread() {
  const t = useT();
  const language = useLanguage();
  const source = useSource();
  const { region } = useUrl();
  const figures = useFigures(region);
  const rows = DECILES.map((decile) => ({
    decile,
    families: toCount(figureOf(figures.data?.indicators, `decile_families.${decile}`)?.value),
  }));
  const total = rows.reduce((sum, row) => sum + row.families, 0);
  const most = Math.max(...rows.map((row) => row.families), 1);
  const share = (n: number) => `${formatCount((100 * n) / Math.max(total, 1), language)}%`;
  const title = t('deciles.title');
  return (
    <Picture
      title={title}
      note={t('deciles.note')}
      table={{
        id: 'desil',
        name: title,
        caption: title,
        rows,
        keyOf: (row) => row.decile,
        source,
        columns: [
          { key: 'decile', title: t('column.decile'), value: (row) => Number(row.decile) },
          {
            key: 'families',
            title: t('column.families'),
            numeric: true,
            value: (row) => maskedCount(row.families),
            cell: (row) => formatCount(row.families, language, true),
          },
        ],
      }}
    >
      {total === 0 ? (
        <EmptyState title={t('figure.missingNone')} />
      ) : (
        <ol class="deciles">
          {rows.map((row) => (
            <li key={row.decile} class="deciles__row">
              <span class="deciles__name">{t('deciles.name', { n: row.decile })}</span>
              <LengthBar
                size={maskedSize(row.families)}
                most={most}
                tone={Number(row.decile) <= 4 ? 'bad' : 'accent'}
              />
              <Glow text={formatCount(row.families, language, true)} class="ranked__value" />
              <span class="sub">{row.families > 0 && row.families < 5 ? '' : share(row.families)}</span>
            </li>
          ))}
        </ol>
      )}
    </Picture>
  );
}
