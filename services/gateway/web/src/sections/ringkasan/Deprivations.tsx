import { formatValue, measureName, showFigure } from '../../format/measures';
import { LengthBar } from '../../parts/Bars';
import { Go, PendingOrder } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { Picture } from '../../parts/Panel';
import { figureOf, usePopulation } from '../../store/figures';
import { useHeldOrder, useLanguage, useT, useUrl } from '../../store/hooks';
import { useFigures, useMeasures } from '../../store/queries';
import { useSource } from '../shared';

/** What families of the smallest area lack, most widespread first: there is no map below it. */
export function Deprivations() {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const population = usePopulation();
  const source = useSource();
  const indicators = useFigures(region).data?.indicators;
  const rows = useMeasures()
    .filter(({ measure }) => measure.startsWith('deprived.'))
    .map((measure) => {
      const shown = showFigure(measure, figureOf(indicators, measure.measure), t, language, population);
      return { measure, shown };
    })
    .sort((a, b) => (b.shown.value ?? -1) - (a.shown.value ?? -1));
  const held = useHeldOrder(rows, (row) => row.measure.measure, region);
  return (
    <Picture
      title={t('deprivations.title')}
      note={t('area.deepest')}
      actions={<PendingOrder pending={held.pending} onLoad={held.load} />}
      table={{
        id: 'kekurangan',
        name: t('deprivations.title'),
        caption: t('deprivations.title'),
        rows,
        keyOf: (row) => row.measure.measure,
        source,
        columns: [
          { key: 'name', title: t('column.indicator'), value: (row) => measureName(row.measure, language) },
          {
            key: 'share',
            title: t('column.share'),
            numeric: true,
            value: (row) => row.shown.value,
            cell: (row) =>
              row.shown.value === null ? row.shown.text : formatValue(row.measure, row.shown.value, language),
          },
        ],
      }}
    >
      <ol class="deprivations">
        {held.rows.map(({ measure, shown }) => (
          <li key={measure.measure}>
            <Go to={{ section: 'peta', measure: measure.measure }} class="ranked__row">
              <span class="ranked__name">{measureName(measure, language)}</span>
              <LengthBar size={shown.value ?? 0} most={100} />
              <Glow text={shown.text} class="ranked__value" />
            </Go>
          </li>
        ))}
      </ol>
    </Picture>
  );
}
