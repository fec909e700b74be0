// Columns and the source line that several screens share.

import { useMemo } from 'preact/hooks';
import { formatMoment } from '../format/dates';
import { displayValue, measureName, showFigure } from '../format/measures';
import { formatCount, toCount } from '../format/numbers';
import { useAsOf } from '../frame/AsOf';
import type { Column } from '../parts/DataTable';
import { Go } from '../parts/Controls';
import { useChildren, type AreaRow } from '../store/areas';
import { figureOf, useMeasure, usePopulation } from '../store/figures';
import { useLanguage, useStore, useT, useUrl } from '../store/hooks';
import { useMeasures } from '../store/queries';

/** Where the figures come from and as of when (the moment shown), for screen, paper and exports. */
export function useSource(atMs?: number): string {
  const t = useT();
  const store = useStore();
  const { region } = useUrl();
  const population = usePopulation();
  const shown = useAsOf().ms;
  const ms = atMs ?? shown;
  if (ms === 0 || !population) return '';
  return t('source.line', {
    population: population.name,
    area: region ? store.names.name(region) : '',
    time: formatMoment(ms, true),
  });
}

const BESIDE = ['p0', 'p1', 'p2', 'poor_persons', 'persons', 'coverage'];

/** Code, name, the measure on the map, and others to choose. */
export function useAreaColumns(measureId: string): Column<AreaRow>[] {
  const t = useT();
  const language = useLanguage();
  const measure = useMeasure(measureId);
  const catalogue = useMeasures();
  const children = useChildren();
  const population = usePopulation();
  return useMemo(() => {
    const others = catalogue.filter(({ measure: id }) => BESIDE.includes(id) && id !== measureId);
    const columns: Column<AreaRow>[] = [
      { key: 'code', title: t('column.code'), value: (row) => row.code, optional: true },
      {
        key: 'name',
        title: t('column.area'),
        value: (row) => row.name,
        cell: (row) => <Go to={{ region: row.code }}>{row.name}</Go>,
      },
      {
        key: 'value',
        title: measure ? measureName(measure, language) : measureId,
        numeric: true,
        value: (row) => row.value,
        cell: (row) => <span title={row.reason}>{row.text}</span>,
      },
      {
        key: 'families',
        title: t('column.families'),
        numeric: true,
        value: (row) => row.families,
        cell: (row) => formatCount(row.families, language, true),
      },
      {
        key: 'unknown',
        title: t('column.unknown'),
        numeric: true,
        optional: true,
        value: (row) => toCount(row.figure?.unknownFamilies),
      },
    ];
    for (const other of others) {
      columns.push({
        key: other.measure,
        title: measureName(other, language),
        numeric: true,
        optional: other.measure !== 'poor_persons',
        value: (row) =>
          displayValue(other, figureOf(children.get(row.code), other.measure)?.value ?? '', population),
        cell: (row) =>
          showFigure(other, figureOf(children.get(row.code), other.measure), t, language, population).text,
      });
    }
    return columns;
  }, [t, language, measure, measureId, catalogue, children, population]);
}
