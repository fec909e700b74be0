import type { WhatIfResult } from '../../api/types';
import { formatSize, measureName } from '../../format/measures';
import { Picture } from '../../parts/Panel';
import { EmptyState } from '../../parts/States';
import { usePopulation } from '../../store/figures';
import { useLanguage, useStore, useT } from '../../store/hooks';
import { useMeasures } from '../../store/queries';
import { useSource } from '../shared';
import { ComparedTable } from './ComparedTable';
import { comparedOf, type Compared } from './comparison';

/** What a planner looks at first; all figures stand in the table. */
const FIRST = [
  'p0',
  'poor_persons',
  'p1',
  'p2',
  'gini',
  'mean_welfare',
  'mpi',
  'mpi.headcount',
  'families_in_need',
];

/** The figures of the area as they are and as they would be. */
export function ComparedFigures({ data }: { data: WhatIfResult }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const catalogue = useMeasures();
  const population = usePopulation();
  const source = useSource(Number(data.branch.cutAtMs));
  const rows = data.figures.flatMap(
    (comparison) => comparedOf(comparison, catalogue, t, language, population) ?? [],
  );
  const first = FIRST.flatMap((id) => rows.find(({ measure }) => measure.measure === id) ?? []);
  const title = t('whatif.compared', { area: store.names.name(data.region) });
  return (
    <Picture
      title={title}
      note={t('whatif.comparedNote')}
      table={{
        id: 'simulasi',
        name: title,
        caption: title,
        rows,
        keyOf: (row) => row.measure.measure,
        source,
        columns: [
          { key: 'measure', title: t('map.measure'), value: (row) => measureName(row.measure, language) },
          { key: 'now', title: t('whatif.now'), numeric: true, value: (row) => row.now },
          { key: 'then', title: t('whatif.then'), numeric: true, value: (row) => row.then },
          {
            key: 'difference',
            title: t('column.difference'),
            numeric: true,
            value: (row) => row.difference,
            cell: (row) => <DifferenceText row={row} />,
          },
        ],
      }}
    >
      {first.length === 0 ? (
        <EmptyState title={t('area.noData')} />
      ) : (
        <ComparedTable
          name={title}
          thing={t('map.measure')}
          more={[t('column.difference')]}
          rows={first.map((row) => ({
            key: row.measure.measure,
            name: measureName(row.measure, language),
            now: row.now,
            then: row.then,
            more: [<DifferenceText key="difference" row={row} />],
          }))}
        />
      )}
    </Picture>
  );
}

/** With arrow and sign; in the colour of better or worse where the measure has a good direction. */
function DifferenceText({ row }: { row: Compared }) {
  const t = useT();
  const language = useLanguage();
  const population = usePopulation();
  if (row.difference === null) return <>{t('figure.noData')}</>;
  const text = formatSize(row.measure, row.difference, language, population);
  if (!/[1-9]/.test(text)) return <>{t('whatif.same')}</>;
  const up = row.difference > 0;
  const way = up ? row.measure.direction : -row.measure.direction;
  const tone = way > 0 ? 'difference--good' : way < 0 ? 'difference--bad' : '';
  return (
    <span class={`difference ${tone}`}>
      {up ? '▲ +' : '▼ −'}
      {text}
    </span>
  );
}
