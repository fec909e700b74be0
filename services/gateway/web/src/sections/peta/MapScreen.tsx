// Peta: one measure of the children of an area, as a value or as a change.

import { formatMoment } from '../../format/dates';
import {
  displayValue,
  formatSize,
  isComparable,
  formatValue,
  measureName,
  showChange,
} from '../../format/measures';
import { toCount } from '../../format/numbers';
import { AreaMap, MapSkeleton } from '../../parts/AreaMap';
import { FigureCard } from '../../parts/FigureCard';
import { Segments, Select } from '../../parts/Controls';
import { Picture } from '../../parts/Panel';
import { EmptyState } from '../../parts/States';
import { useAreaRows, useChildren, useMapAreas, type AreaRow } from '../../store/areas';
import { figureOf, useLiveFigure, useMeasure, usePopulation } from '../../store/figures';
import { useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useMeasures } from '../../store/queries';
import { ScreenHead } from '../ScreenHead';
import { useAreaColumns, useSource } from '../shared';
import { AreaTrend } from './AreaTrend';
import { RankedAreas } from './RankedAreas';

export function MapScreen() {
  const t = useT();
  const store = useStore();
  const language = useLanguage();
  const { measure: measureId, view } = useUrl();
  const catalogue = useMeasures();
  const options = catalogue
    .filter(({ measure }) => !measure.startsWith('decile_'))
    .map((measure) => ({ value: measure.measure, label: measureName(measure, language) }));
  return (
    <>
      <ScreenHead period>
        <Select
          label={t('map.measure')}
          hideLabel
          value={measureId}
          options={options}
          onChange={(measure) => store.go({ measure })}
        />
        <Segments
          label={t('map.view')}
          value={view === 'perubahan' ? 'perubahan' : 'nilai'}
          options={[
            { value: 'nilai', label: t('map.value') },
            { value: 'perubahan', label: t('map.change') },
          ]}
          onChange={(value) => store.go({ view: value === 'nilai' ? '' : value })}
        />
      </ScreenHead>
      <div class="split split--map">
        <MapPicture changed={view === 'perubahan'} />
        <div class="split__side">
          <FigureCard measure={measureId} />
          <AreaTrend measureId={measureId} />
        </div>
      </div>
    </>
  );
}

/** Rows whose value is the difference to an earlier publication. */
function useChangedRows(rows: AreaRow[], measureId: string, publication: string | undefined): AreaRow[] {
  const t = useT();
  const language = useLanguage();
  const measure = useMeasure(measureId);
  const population = usePopulation();
  const before = useChildren(publication ?? '');
  if (!measure) return [];
  const unknown = (row: AreaRow, reason: string) => ({
    ...row,
    value: null,
    suppressed: false,
    text: t('figure.noData'),
    reason,
  });
  return rows.map((row) => {
    const earlier = figureOf(before.get(row.code), measureId);
    const then = displayValue(measure, earlier?.value ?? '', population);
    if (row.value === null) return row.suppressed ? row : unknown(row, row.reason);
    if (then === null) return unknown(row, t('map.noEarlier'));
    if (!isComparable(toCount(earlier?.observedFamilies), toCount(row.figure?.observedFamilies)))
      return unknown(row, t('map.otherSize'));
    const difference = row.value - then;
    const { arrow, text } = showChange(measure, difference, t, language, population);
    return {
      ...row,
      value: difference,
      text: `${arrow} ${formatSize(measure, difference, language, population)}`,
      reason: text,
    };
  });
}

function MapPicture({ changed }: { changed: boolean }) {
  const t = useT();
  const language = useLanguage();
  const { region, measure: measureId } = useUrl();
  const measure = useMeasure(measureId);
  const baseline = useLiveFigure(measureId)?.course.baseline ?? null;
  const { rows: now, loading } = useAreaRows(measureId);
  const changedRows = useChangedRows(now, measureId, changed ? baseline?.publication : undefined);
  const rows = changed ? changedRows : now;
  const areas = useMapAreas(rows);
  const columns = useAreaColumns(measureId);
  const source = useSource();
  const population = usePopulation();
  const format = (value: number) => {
    if (!measure) return '';
    if (!changed) return formatValue(measure, value, language, population);
    const sign = value > 0 ? '+' : value < 0 ? '−' : '';
    return sign + formatSize(measure, value, language, population);
  };
  if (!measure || loading)
    return (
      <div class="panel">
        <MapSkeleton />
      </div>
    );
  const name = measureName(measure, language);
  if (rows.length === 0)
    return (
      <div class="panel">
        <EmptyState title={t('area.deepest')} />
      </div>
    );
  const title = changed ? t('map.changeTitle', { measure: name }) : t('map.title', { measure: name });
  const note =
    changed && (baseline ? t('change.since', { time: formatMoment(baseline.atMs) }) : t('change.none'));
  return (
    <Picture
      title={title}
      note={note || undefined}
      table={{
        id: 'wilayah',
        name: title,
        caption: title,
        rows,
        columns,
        keyOf: (row) => row.code,
        source,
        height: 560,
      }}
    >
      <div class="mapwithlist">
        <AreaMap
          region={region}
          areas={areas}
          kind={changed ? 'diverging' : 'sequential'}
          label={title}
          format={format}
        />
        <RankedAreas rows={rows} signed={changed} scope={`${region}/${measureId}/${changed}`} />
      </div>
    </Picture>
  );
}
