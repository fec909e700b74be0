// Families of a programme rule, most urgent first. Long lists draw only what is in sight.

import { useEffect, useRef } from 'preact/hooks';
import { Problem } from '../../api/client';
import type { RankedFamily } from '../../api/types';
import { welfareAmount, welfareUnit } from '../../format/measures';
import { formatCount, formatMoneyShort, formatNumber, toCount } from '../../format/numbers';
import { Badge, Go, RegionName, Select } from '../../parts/Controls';
import { Panel, SourceLine } from '../../parts/Panel';
import { EmptyState, ProblemState, Skeleton } from '../../parts/States';
import { useVirtualRows } from '../../parts/useVirtual';
import { useMeasureName } from '../../store/areas';
import { usePopulation } from '../../store/figures';
import { useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useProgrammes } from '../../store/queries';
import { useSource } from '../shared';
import { FamilyExport } from './FamilyExport';
import type { FamilyPages } from './familyPages';
import { useFamilyPages } from './useFamilyPages';

const ROW_HEIGHT = 48;

/** A pseudonym is long; its first digits tell families of one list apart. */
export function shortPseudonym(familyId: string): string {
  return familyId.slice(0, 8).toUpperCase();
}

export function FamilyRanking() {
  const t = useT();
  const store = useStore();
  const language = useLanguage();
  const { region, programme, population } = useUrl();
  const programmes = useProgrammes(region).data?.programmes ?? [];
  const { pages, reload } = useFamilyPages(region, programme, population);
  const source = useSource();
  const { total, loading, problem, publication } = pages.state.value;
  const options = [
    { value: '', label: t('families.allFamilies') },
    ...programmes.map((summary) => ({
      value: summary.programme.id,
      label: t('families.ruleOption', {
        name: language === 'id' ? summary.programme.name : summary.programme.nameEn,
        n: formatCount(toCount(summary.eligibleFamilies), language, true),
      }),
    })),
  ];
  const newer = publication !== '' && Number(store.live.publication.value) > Number(publication);
  return (
    <Panel
      title={t('families.title')}
      note={t('families.masked')}
      actions={
        <Select
          label={t('families.rule')}
          value={programme}
          options={options}
          onChange={(id) => store.go({ programme: id })}
        />
      }
    >
      {problem !== undefined && total === 0 ? (
        <ProblemState problem={problem instanceof Problem ? problem : new Problem(0, {})} />
      ) : loading ? (
        <Skeleton height={420} />
      ) : total === 0 ? (
        <EmptyState title={t('families.none')} />
      ) : (
        <>
          <div class="tools no-print">
            <span class="tools__count" role="status">
              {t('families.count', { n: formatCount(total, language), count: total })}
            </span>
            {newer && (
              <button type="button" class="button button--pending" onClick={reload}>
                {t('families.newer')}
              </button>
            )}
            <FamilyExport total={total} />
          </div>
          {problem !== undefined && (
            <p class="stale" role="alert">
              {t('families.gap')}{' '}
              <button type="button" class="button" onClick={() => pages.retry()}>
                {t('problem.retry')}
              </button>
            </p>
          )}
          <FamilyList key={`${region}/${programme}`} pages={pages} total={total} />
        </>
      )}
      <SourceLine text={source} />
    </Panel>
  );
}

const SETTLE_MS = 80;

function FamilyList({ pages, total }: { pages: FamilyPages; total: number }) {
  const t = useT();
  const scroller = useRef<HTMLDivElement>(null);
  const { items, before, after } = useVirtualRows(total, ROW_HEIGHT, scroller);
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  // Somebody who drags the scroll bar does not want every page on the way.
  useEffect(() => {
    const timer = setTimeout(() => pages.show(first, last), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [pages, first, last]);
  return (
    <div
      class="families"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t('table.region', { name: t('families.title') })}
    >
      <table aria-rowcount={total + 1}>
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
          {items.map((item) => (
            <FamilyRow key={item.index} position={item.index} family={pages.at(item.index)} />
          ))}
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

function FamilyRow({ position, family }: { position: number; family: RankedFamily | undefined }) {
  const t = useT();
  const language = useLanguage();
  const population = usePopulation();
  const nameOf = useMeasureName();
  if (!family)
    return (
      <tr style={{ height: ROW_HEIGHT }} aria-rowindex={position + 2}>
        <td class="number muted">{formatCount(position + 1, language)}</td>
        <td colSpan={6} class="muted">
          {t('state.loading')}
        </td>
      </tr>
    );
  const welfare = welfareAmount(family.welfare, population);
  const needs = family.deprivations.map((need) => nameOf(`deprived.${need}`));
  return (
    <tr style={{ height: ROW_HEIGHT }} aria-rowindex={position + 2}>
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
        {welfare === null
          ? t('figure.noData')
          : formatMoneyShort(welfare, welfareUnit(population).currency, language)}
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
