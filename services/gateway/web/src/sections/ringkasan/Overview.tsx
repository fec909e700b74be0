// Ringkasan: the state of one area on one screen.

import { useSource, useAreaColumns } from '../shared';
import { AreaMap } from '../../parts/AreaMap';
import { NowMark } from '../../parts/Controls';
import { ChangesFeed } from '../../parts/ChangesFeed';
import { FigureCard } from '../../parts/FigureCard';
import { Panel, Picture } from '../../parts/Panel';
import { EmptyState, FirstStart, Loaded, Skeleton } from '../../parts/States';
import { formatValue, measureName } from '../../format/measures';
import { useAreaRows, useMapAreas } from '../../store/areas';
import { useMeasure } from '../../store/figures';
import { useLanguage, useT, useUrl } from '../../store/hooks';
import { useFigures } from '../../store/queries';
import { ScreenHead } from '../ScreenHead';
import { Headline } from './Headline';
import { MoneyCard } from './MoneyCard';
import { NeedsCard } from './NeedsCard';
import { Worsened } from './Worsened';

const CARDS = ['poor_persons', 'p1', 'p2', 'deprived.unfit_house'] as const;

export function Overview() {
  const t = useT();
  const { region } = useUrl();
  const figures = useFigures(region);
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
      <Loaded of={figures} missing={missing} skeleton={<Skeleton height={420} />}>
        {() => (
          <>
            <div class="overview">
              <Headline />
              <div class="overview__cards">
                {CARDS.map((id) => (
                  <FigureCard key={id} measure={id} />
                ))}
                <NeedsCard />
                <MoneyCard />
              </div>
            </div>
            <div class="split">
              <AreaPicture measureId="p0" height={450} />
              <div class="split__side">
                <Worsened />
                <Panel title={t('feed.title')} actions={<NowMark />}>
                  <ChangesFeed region={region} limit={12} />
                </Panel>
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

/** The children of the area as a map, with their table behind it. */
export function AreaPicture({ measureId, height }: { measureId: string; height: number }) {
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
        <Skeleton height={height} />
      </div>
    );
  const name = measureName(measure, language);
  if (rows.length === 0) {
    return (
      <Panel title={name}>
        <EmptyState title={t('area.deepest')} />
      </Panel>
    );
  }
  return (
    <Picture
      title={t('map.title', { measure: name })}
      table={{
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
        height={height}
      />
    </Picture>
  );
}
