// Areas in the order of their need: the score and the parts it is made of.

import type { RankedRegion } from '../../api/types';
import { formatCount, formatNumber, toCount } from '../../format/numbers';
import { StackedBar, StackedLegend } from '../../parts/Bars';
import { Go, PendingOrder } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { Picture } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useChildren, useMeasureName } from '../../store/areas';
import { figureOf } from '../../store/figures';
import { useHeldOrder, useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { usePriorities } from '../../store/queries';
import { useSource } from '../shared';

/** The measures of all parts, heaviest first; beyond four they share the last colour. */
export function partMeasures(regions: RankedRegion[]): string[] {
  const weight = new Map<string, number>();
  for (const region of regions) {
    for (const part of region.parts) {
      weight.set(part.measure, (weight.get(part.measure) ?? 0) + Number(part.scoreMicro));
    }
  }
  return [...weight].sort((a, b) => b[1] - a[1]).map(([measure]) => measure);
}

const SHOWN_PARTS = 4;

export function AreaRanking() {
  const { region } = useUrl();
  const t = useT();
  const priorities = usePriorities(region);
  const nothing = (
    <div class="panel">
      <EmptyState title={t('targeting.noAreas')} />
    </div>
  );
  return (
    <Loaded
      of={priorities}
      missing={nothing}
      skeleton={
        <div class="panel">
          <Skeleton height={420} />
        </div>
      }
    >
      {({ ranking }) =>
        ranking.regions.length === 0 ? nothing : <Ranking regions={ranking.regions} scope={region} />
      }
    </Loaded>
  );
}

function Ranking({ regions, scope }: { regions: RankedRegion[]; scope: string }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const nameOf = useMeasureName();
  const source = useSource();
  const children = useChildren();
  const familiesOf = (code: string) => toCount(figureOf(children.get(code), 'families')?.value);
  const held = useHeldOrder(regions, (row) => row.region, scope);
  const measures = partMeasures(regions);
  const main = measures.slice(0, SHOWN_PARTS);
  const rest = measures.slice(SHOWN_PARTS);
  const most = Math.max(...regions.map((row) => Number(row.scoreMicro)));
  const score = (micro: string | number) => formatNumber(Number(micro) / 1e6, 3, language);
  const partOf = (row: RankedRegion, measure: string) =>
    Number(row.parts.find((part) => part.measure === measure)?.scoreMicro ?? 0);
  const restOf = (row: RankedRegion) => rest.reduce((sum, measure) => sum + partOf(row, measure), 0);
  const title = t('targeting.areasTitle');
  const barParts = (row: RankedRegion) => [
    ...main.map((measure) => ({
      key: measure,
      label: nameOf(measure),
      size: partOf(row, measure),
      text: score(partOf(row, measure)),
    })),
    ...(rest.length > 0
      ? [{ key: 'rest', label: t('targeting.otherParts'), size: restOf(row), text: score(restOf(row)) }]
      : []),
  ];
  return (
    <Picture
      title={title}
      note={t('targeting.areasNote')}
      actions={<PendingOrder pending={held.pending} onLoad={held.load} />}
      table={{
        id: 'prioritas',
        name: title,
        caption: title,
        rows: regions,
        keyOf: (row) => row.region,
        source,
        columns: [
          { key: 'rank', title: t('column.rank'), numeric: true, value: (row) => row.rank },
          {
            key: 'area',
            title: t('column.area'),
            value: (row) => store.names.name(row.region),
            cell: (row) => <Go to={{ region: row.region }}>{store.names.name(row.region)}</Go>,
          },
          {
            key: 'families',
            title: t('column.families'),
            numeric: true,
            value: (row) => familiesOf(row.region),
            cell: (row) => formatCount(familiesOf(row.region), language, true),
          },
          {
            key: 'score',
            title: t('column.score'),
            numeric: true,
            value: (row) => Number(row.scoreMicro) / 1e6,
            cell: (row) => score(row.scoreMicro),
          },
          ...measures.map((measure) => ({
            key: measure,
            title: nameOf(measure),
            numeric: true,
            value: (row: RankedRegion) => partOf(row, measure) / 1e6,
            cell: (row: RankedRegion) => score(partOf(row, measure)),
          })),
        ],
      }}
    >
      <StackedLegend
        labels={[...main.map(nameOf), ...(rest.length > 0 ? [t('targeting.otherParts')] : [])]}
      />
      <ol class="ranking">
        {held.rows.map((row) => (
          <li key={row.region}>
            <Go to={{ region: row.region }} class="ranking__row">
              <span class="ranking__rank">{row.rank}</span>
              <span class="ranking__name">
                {store.names.name(row.region)}
                <span class="sub">
                  {t('families.count', {
                    n: formatCount(familiesOf(row.region), language, true),
                    count: familiesOf(row.region),
                  })}
                </span>
              </span>
              <StackedBar parts={barParts(row)} most={most} />
              <Glow text={score(row.scoreMicro)} class="ranking__score" />
            </Go>
          </li>
        ))}
      </ol>
    </Picture>
  );
}
