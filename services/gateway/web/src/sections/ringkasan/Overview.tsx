// Ringkasan: the state of one area on one screen.

import { useSource, useAreaColumns } from '../shared';
import { AreaMap, MapSkeleton } from '../../parts/AreaMap';
import { ChangesPanel } from '../../parts/ChangesPanel';
import { FigureCard } from '../../parts/FigureCard';
import { Picture } from '../../parts/Panel';
import { EmptyState, FirstStart, Loaded, Skeleton } from '../../parts/States';
import { formatValue, measureName, shortMeasureName } from '../../format/measures';
import { useAreaRows, useChildren, useMapAreas } from '../../store/areas';
import { useMeasure } from '../../store/figures';
import { useLanguage, useT, useUrl } from '../../store/hooks';
import { useFigures } from '../../store/queries';
import { ScreenHead } from '../ScreenHead';
import { AlertsBrief } from './AlertsBrief';
import { Deprivations } from './Deprivations';
import { Headline } from './Headline';
import { MoneyCard } from './MoneyCard';
import { Worsened } from './Worsened';

/** Inequality where the engine publishes it, else the severity of poverty. */
function useCards(): string[] {
  const inequality = useMeasure('gini') ? 'gini' : 'p2';
  return ['poor_persons', 'families_in_need', 'deprived.unfit_house', 'p1', inequality];
}

/** The places of everything, in their final shape. */
function OverviewSkeleton() {
  const cards = useCards();
  return (
    <div class="overview">
      <div class="panel headline">
        <Skeleton height={190} />
      </div>
      <div class="overview__cards">
        {[...cards, 'money'].map((id) => (
          <div key={id} class="card">
            <Skeleton lines={3} />
          </div>
        ))}
      </div>
      <div class="panel">
        <MapSkeleton />
      </div>
      <div class="panel">
        <Skeleton lines={8} />
      </div>
      <div class="panel">
        <Skeleton lines={8} />
      </div>
    </div>
  );
}

export function Overview() {
  const t = useT();
  const { region } = useUrl();
  const figures = useFigures(region);
  const cards = useCards();
  const hasAreasBelow = useChildren().size > 0;
  const nothing = region === '0';
  const missing = nothing ? (
    <FirstStart />
  ) : (
    <EmptyState title={t('area.noData')}>
      <p>{t('area.noDataHint')}</p>
    </EmptyState>
  );
  return (
    <>
      {!(nothing && figures.problem && !figures.data) && <ScreenHead period />}
      <Loaded of={figures} missing={missing} skeleton={<OverviewSkeleton />}>
        {() => (
          <div class="overview">
            <Headline />
            <div class="overview__cards">
              {cards.map((id) => (
                <FigureCard key={id} measure={id} />
              ))}
              <MoneyCard />
            </div>
            <div class="overview__map">
              <AreaPicture measureId="p0" />
            </div>
            <div class="overview__middle">
              {hasAreasBelow && <Worsened />}
              <AlertsBrief />
            </div>
            <ChangesPanel region={region} />
          </div>
        )}
      </Loaded>
    </>
  );
}

/** The children of the area as a map, with their table behind it. */
function AreaPicture({ measureId }: { measureId: string }) {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const measure = useMeasure(measureId);
  const { rows, loading } = useAreaRows(measureId);
  const areas = useMapAreas(rows);
  const columns = useAreaColumns(measureId);
  const source = useSource();
  if (!measure || loading)
    return (
      <div class="panel">
        <MapSkeleton />
      </div>
    );
  const name = measureName(measure, language);
  if (rows.length === 0) return <Deprivations />;
  return (
    <Picture
      title={t('map.shortTitle', { measure: shortMeasureName(measure, t, language) })}
      table={{
        id: 'wilayah',
        name,
        caption: t('map.title', { measure: name }),
        rows,
        columns,
        keyOf: (row) => row.code,
        source,
      }}
    >
      <AreaMap
        region={region}
        areas={areas}
        kind="sequential"
        label={t('map.title', { measure: name })}
        format={(value) => formatValue(measure, value, language)}
      />
    </Picture>
  );
}
