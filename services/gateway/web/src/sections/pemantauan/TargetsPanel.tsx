import type { TargetState } from '../../api/types';
import { displayValue, formatValue } from '../../format/measures';
import { formatNumber, toNumber } from '../../format/numbers';
import { wordFor } from '../../messages';
import { LengthBar } from '../../parts/Bars';
import { Badge, Go } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { Picture } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { usePopulation } from '../../store/figures';
import { useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useMeasures, useTargets } from '../../store/queries';
import { useSource } from '../shared';

const TONES: Record<string, 'good' | 'warn' | 'bad'> = {
  'Sangat Tinggi': 'good',
  Tinggi: 'good',
  Sedang: 'warn',
  Rendah: 'bad',
  'Sangat Rendah': 'bad',
};

/** Targets of the plan documents: realisation, achievement, predikat. */
export function TargetsPanel() {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const store = useStore();
  const source = useSource();
  const targets = useTargets(region);
  const nameOf = (row: TargetState) =>
    (language === 'id' ? row.target.name : row.target.nameEn) || row.target.id;
  return (
    <Loaded
      of={targets}
      skeleton={
        <div class="panel">
          <Skeleton lines={6} />
        </div>
      }
    >
      {({ targets: list }) => (
        <Picture
          title={t('targets.title')}
          note={t('targets.note')}
          table={{
            id: 'target',
            name: t('targets.title'),
            caption: t('targets.title'),
            rows: list,
            keyOf: (row) => row.target.id,
            source,
            columns: [
              { key: 'name', title: t('column.indicator'), value: nameOf },
              { key: 'area', title: t('column.area'), value: (row) => store.names.name(row.target.region) },
              { key: 'year', title: t('column.year'), value: (row) => row.target.year },
              {
                key: 'document',
                title: t('column.document'),
                value: (row) => row.target.document,
                optional: true,
              },
              {
                key: 'target',
                title: t('column.target'),
                numeric: true,
                value: (row) => toNumber(row.target.target),
              },
              {
                key: 'realisation',
                title: t('column.realisation'),
                numeric: true,
                value: (row) => toNumber(row.score?.realisation),
              },
              {
                key: 'achievement',
                title: t('column.achievement'),
                numeric: true,
                value: (row) => toNumber(row.score?.achievement),
              },
              { key: 'rating', title: t('column.rating'), value: (row) => row.score?.rating ?? null },
            ],
          }}
        >
          {list.length === 0 ? (
            <EmptyState title={t('targets.none')} />
          ) : (
            <ul class="targets">
              {list.map((row) => (
                <TargetItem key={row.target.id} row={row} name={nameOf(row)} />
              ))}
            </ul>
          )}
        </Picture>
      )}
    </Loaded>
  );
}

function TargetItem({ row, name }: { row: TargetState; name: string }) {
  const t = useT();
  const language = useLanguage();
  const measure = useMeasures().find(({ measure: id }) => id === row.target.measure);
  const population = usePopulation();
  const shown = (text: string | undefined) => {
    const value = measure && text !== undefined ? displayValue(measure, text, population) : null;
    return measure && value !== null ? formatValue(measure, value, language) : t('figure.noData');
  };
  const achievement = toNumber(row.score?.achievement);
  const rating = row.score?.rating ?? '';
  return (
    <li class="target">
      <div class="target__head">
        <Go to={{ section: 'peta', region: row.target.region, measure: row.target.measure }} class="strong">
          {name}
        </Go>
        {rating !== '' && <Badge tone={TONES[rating] ?? 'warn'}>{wordFor(t, 'rating', rating)}</Badge>}
      </div>
      <div class="target__row">
        <LengthBar
          size={Math.min(100, Math.max(0, achievement ?? 0))}
          most={100}
          tone={TONES[rating] === 'good' ? 'good' : TONES[rating] === 'bad' ? 'bad' : 'accent'}
        />
        <Glow
          text={achievement === null ? t('figure.noData') : `${formatNumber(achievement, 2, language)}%`}
          class="strong"
        />
      </div>
      <p class="panel__note">
        {t('targets.line', {
          realisation: shown(row.score?.realisation),
          target: shown(row.target.target),
          year: row.target.year,
          document: row.target.document,
        })}
      </p>
    </li>
  );
}
