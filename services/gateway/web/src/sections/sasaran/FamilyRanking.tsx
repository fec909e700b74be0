// Families of a programme rule, most urgent first. Long lists draw only what is in sight.

import { useEffect, useRef } from 'preact/hooks';
import type { RankedFamily } from '../../api/types';
import { formatCount, formatNumber, formatRupiahShort, toNumber } from '../../format/numbers';
import { Badge, Go, RegionName, Select } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { EmptyState, ProblemState, Skeleton } from '../../parts/States';
import { useVirtualRows } from '../../parts/useVirtual';
import { useMeasureName } from '../../store/areas';
import { useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useProgrammes } from '../../store/queries';
import { useSource } from '../shared';
import { useFamilyPages } from './useFamilyPages';

const ROW_HEIGHT = 56;

/** A pseudonym is long; its first digits tell families of one list apart. */
export function shortPseudonym(familyId: string): string {
  return familyId.slice(0, 8).toUpperCase();
}

export function FamilyRanking() {
  const t = useT();
  const store = useStore();
  const language = useLanguage();
  const { region, programme, population } = useUrl();
  const programmes = useProgrammes().data?.programmes ?? [];
  const pages = useFamilyPages(region, programme, population);
  const source = useSource();
  const options = [
    { value: '', label: t('families.allFamilies') },
    ...programmes.map(({ programme: item }) => ({
      value: item.id,
      label: language === 'id' ? item.name : item.nameEn,
    })),
  ];
  const newer = pages.publication !== '' && Number(store.live.publication.value) > Number(pages.publication);
  return (
    <Panel
      title={t('families.title')}
      note={t('families.masked')}
      actions={
        <>
          {newer && !pages.loading && (
            <button type="button" class="button button--pending" onClick={pages.reload}>
              {t('families.newer')}
            </button>
          )}
          <Select
            label={t('families.rule')}
            value={programme}
            options={options}
            onChange={(id) => store.go({ programme: id })}
          />
        </>
      }
    >
      {pages.problem && pages.families.length === 0 ? (
        <ProblemState problem={pages.problem} />
      ) : pages.loading && pages.families.length === 0 ? (
        <Skeleton height={420} />
      ) : pages.families.length === 0 ? (
        <EmptyState title={t('families.none')} />
      ) : (
        <FamilyList families={pages.families} total={pages.total} onEnd={pages.more} />
      )}
      <p class="source">
        {t('families.shown', {
          shown: formatCount(pages.families.length, language),
          n: formatCount(pages.total, language),
          count: pages.total,
        })}{' '}
        {source}
      </p>
    </Panel>
  );
}

function FamilyList({
  families,
  total,
  onEnd,
}: {
  families: RankedFamily[];
  total: number;
  onEnd: () => void;
}) {
  const t = useT();
  const scroller = useRef<HTMLDivElement>(null);
  const { items, before, after } = useVirtualRows(families.length, ROW_HEIGHT, scroller);
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= families.length - 40 && families.length < total) onEnd();
  }, [last, families.length, total]);
  return (
    <div
      class="families"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t('table.region', { name: t('families.title') })}
    >
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">
              {t('column.rank')}
            </th>
            <th scope="col">{t('column.family')}</th>
            <th scope="col">{t('column.village')}</th>
            <th scope="col" class="wide-only">
              {t('column.needs')}
            </th>
            <th scope="col" class="number">
              {t('column.decile')}
            </th>
            <th scope="col" class="number wide-only">
              {t('column.welfare')}
            </th>
            <th scope="col" class="number wide-only">
              {t('column.distance')}
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden="true">
              <td colSpan={7} style={{ height: before, padding: 0 }} />
            </tr>
          )}
          {items.map((item) => {
            const family = families[item.index];
            return family && <FamilyRow key={family.familyId} family={family} />;
          })}
          {after > 0 && (
            <tr aria-hidden="true">
              <td colSpan={7} style={{ height: after, padding: 0 }} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function FamilyRow({ family }: { family: RankedFamily }) {
  const t = useT();
  const language = useLanguage();
  const nameOf = useMeasureName();
  const welfare = toNumber(family.welfare);
  const needs = family.deprivations.map((need) => nameOf(`deprived.${need}`));
  return (
    <tr style={{ height: ROW_HEIGHT }}>
      <td class="number strong">{formatCount(Number(family.rank), language)}</td>
      <td>
        <Go to={{ family: family.familyId }} class="mono">
          {shortPseudonym(family.familyId)}
        </Go>
        <span class="sub">{t('families.size', { n: family.size, count: family.size })}</span>
      </td>
      <td>
        <RegionName code={family.region} />
        <span class="sub">{family.region}</span>
      </td>
      <td class="wide-only">
        <span class="needs" title={needs.join(', ')}>
          {needs.slice(0, 2).join(' · ')}
          {needs.length > 2 && (
            <span class="sub">
              {t('families.moreNeeds', { n: needs.length - 2, count: needs.length - 2 })}
            </span>
          )}
        </span>
      </td>
      <td class="number">
        {family.decile === 0 ? t('families.unranked') : family.decile}
        {family.poor === true && (
          <span class="sub">
            <Badge tone="bad">{t('families.poor')}</Badge>
          </span>
        )}
      </td>
      <td class="number wide-only">
        {welfare === null ? t('figure.noData') : formatRupiahShort(welfare, language)}
        {family.scoreMicro !== undefined && (
          <span class="sub">
            {t('families.score', { n: formatNumber(Number(family.scoreMicro) / 1e6, 3, language) })}
          </span>
        )}
      </td>
      <td class="number wide-only">{formatCount(Number(family.familiesToBoundary), language)}</td>
    </tr>
  );
}
