import { useState } from 'preact/hooks';
import type { WhatIfResult } from '../../api/types';
import { formatSize, measureName } from '../../format/measures';
import { AreaMap, MapSkeleton } from '../../parts/AreaMap';
import { Select } from '../../parts/Controls';
import type { MapArea } from '../../parts/mapModel';
import { Picture } from '../../parts/Panel';
import { EmptyState } from '../../parts/States';
import { usePopulation } from '../../store/figures';
import { useLanguage, useStore, useT } from '../../store/hooks';
import { useMeasures } from '../../store/queries';
import { INNER_MEASURES } from '../../store/whatif';
import { useSource } from '../shared';
import { comparedOf, type Compared } from './comparison';

interface Row {
  region: string;
  compared: Compared | undefined;
}

/** Where the what-if raises or lowers a measure: branch less register, by area. */
export function DifferenceMap({ data }: { data: WhatIfResult }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const catalogue = useMeasures();
  const population = usePopulation();
  const source = useSource(Number(data.branch.cutAtMs));
  const [measureId, setMeasure] = useState<string>('p0');
  const measure = catalogue.find((one) => one.measure === measureId);
  if (!measure)
    return (
      <div class="panel">
        <MapSkeleton />
      </div>
    );
  const rows: Row[] = data.inner.map((inner) => {
    const comparison = inner.figures.find(({ base }) => base?.measure === measureId);
    return {
      region: inner.region,
      compared: comparison && comparedOf(comparison, catalogue, t, language, population),
    };
  });
  const signed = (value: number) =>
    `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatSize(measure, value, language, population)}`;
  const areas: MapArea[] = rows.map(({ region, compared }) => ({
    code: region,
    name: store.names.name(region),
    text: compared?.difference == null ? t('figure.noData') : signed(compared.difference),
    value: compared?.difference ?? null,
    suppressed: false,
    hint: compared ? t('whatif.fromTo', { now: compared.now, then: compared.then }) : '',
  }));
  const title = t('whatif.map');
  const subject = t('whatif.mapOf', { measure: measureName(measure, language) });
  return (
    <Picture
      title={title}
      note={subject}
      actions={
        <Select
          label={t('map.measure')}
          hideLabel
          value={measureId}
          options={INNER_MEASURES.flatMap((id) => {
            const found = catalogue.find((one) => one.measure === id);
            return found ? [{ value: id as string, label: measureName(found, language) }] : [];
          })}
          onChange={setMeasure}
        />
      }
      table={{
        id: 'selisih',
        name: title,
        caption: subject,
        rows,
        keyOf: (row) => row.region,
        source,
        columns: [
          { key: 'area', title: t('column.area'), value: (row) => store.names.name(row.region) },
          { key: 'now', title: t('whatif.now'), numeric: true, value: (row) => row.compared?.now ?? null },
          { key: 'then', title: t('whatif.then'), numeric: true, value: (row) => row.compared?.then ?? null },
          {
            key: 'difference',
            title: t('column.difference'),
            numeric: true,
            value: (row) => row.compared?.difference ?? null,
            cell: (row) => (row.compared?.difference == null ? '' : signed(row.compared.difference)),
          },
        ],
      }}
    >
      {areas.length === 0 ? (
        <EmptyState title={t('area.deepest')} />
      ) : (
        <AreaMap region={data.region} areas={areas} kind="diverging" label={subject} format={signed} />
      )}
    </Picture>
  );
}
