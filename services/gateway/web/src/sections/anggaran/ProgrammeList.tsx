// All programmes: need, unit cost, and money under the ceiling.

import type { Programme, ProgrammeSummary } from '../../api/types';
import { formatCount, formatRupiah, formatRupiahShort, toCount } from '../../format/numbers';
import { CeilingBar } from '../../parts/Bars';
import { Go } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { Picture } from '../../parts/Panel';
import { RupiahHint } from '../../parts/RupiahHint';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useLanguage, useT, useUrl } from '../../store/hooks';
import { useProgrammes } from '../../store/queries';
import { sumMoney } from '../ringkasan/moneyModel';
import { useSource } from '../shared';

export function useProgrammeName(): (programme: Programme) => string {
  const language = useLanguage();
  return (programme) => (language === 'id' ? programme.name : programme.nameEn) || programme.id;
}

export function MoneyLegend() {
  const t = useT();
  return (
    <ul class="stacked-legend">
      <li>
        <span class="stacked-legend__key ceiling__proposed" aria-hidden="true" />
        {t('money.proposed')}
      </li>
      <li>
        <span class="stacked-legend__key ceiling__approved" aria-hidden="true" />
        {t('money.approved')}
      </li>
      <li>
        <span class="stacked-legend__key ceiling__delivered" aria-hidden="true" />
        {t('money.delivered')}
      </li>
    </ul>
  );
}

export function ProgrammeList() {
  const t = useT();
  const language = useLanguage();
  const nameOf = useProgrammeName();
  const source = useSource();
  const { region } = useUrl();
  const programmes = useProgrammes(region);
  const empty = (
    <div class="panel">
      <EmptyState title={t('budget.none')}>
        <p>{t('budget.noneHint')}</p>
      </EmptyState>
    </div>
  );
  const money = (text: string) => formatRupiah(BigInt(text || '0'), language);
  return (
    <Loaded
      of={programmes}
      skeleton={
        <div class="panel">
          <Skeleton height={420} />
        </div>
      }
    >
      {({ programmes: list }) =>
        list.length === 0 ? (
          empty
        ) : (
          <Picture
            title={t('budget.title')}
            note={t('budget.note')}
            table={{
              id: 'program',
              name: t('budget.title'),
              caption: t('budget.title'),
              rows: list,
              keyOf: (row) => row.programme.id,
              source,
              columns: [
                {
                  key: 'name',
                  title: t('column.programme'),
                  value: (row) => nameOf(row.programme),
                  cell: (row) => <Go to={{ programme: row.programme.id }}>{nameOf(row.programme)}</Go>,
                },
                {
                  key: 'code',
                  title: t('column.subactivity'),
                  value: (row) => row.programme.subactivityCode,
                },
                {
                  key: 'agency',
                  title: t('column.agency'),
                  value: (row) => row.programme.agency,
                  optional: true,
                },
                {
                  key: 'need',
                  title: t('column.need'),
                  numeric: true,
                  value: (row) => toCount(row.eligibleFamilies),
                  cell: (row) => formatCount(toCount(row.eligibleFamilies), language),
                },
                {
                  key: 'unitCost',
                  title: t('column.unitCost'),
                  numeric: true,
                  value: (row) => toCount(row.programme.unitCostRupiah),
                  cell: (row) => money(row.programme.unitCostRupiah),
                },
                {
                  key: 'ceiling',
                  title: t('column.ceiling'),
                  numeric: true,
                  value: (row) => toCount(row.programme.ceilingRupiah),
                  cell: (row) => money(row.programme.ceilingRupiah),
                },
                {
                  key: 'proposed',
                  title: t('money.proposed'),
                  numeric: true,
                  value: (row) => toCount(row.proposedRupiah),
                  cell: (row) => money(row.proposedRupiah),
                },
                {
                  key: 'approved',
                  title: t('money.approved'),
                  numeric: true,
                  value: (row) => toCount(row.approvedRupiah),
                  cell: (row) => money(row.approvedRupiah),
                },
                {
                  key: 'delivered',
                  title: t('money.delivered'),
                  numeric: true,
                  value: (row) => toCount(row.deliveredRupiah),
                  cell: (row) => money(row.deliveredRupiah),
                },
              ],
            }}
          >
            <MoneySums programmes={list} />
            <MoneyLegend />
            <ul class="programmes">
              {list.map((summary) => (
                <ProgrammeItem key={summary.programme.id} summary={summary} />
              ))}
            </ul>
          </Picture>
        )
      }
    </Loaded>
  );
}

/** All programmes together, in the order in which money moves. */
function MoneySums({ programmes }: { programmes: ProgrammeSummary[] }) {
  const t = useT();
  const sum = sumMoney(programmes);
  const figures = [
    { name: t('column.ceiling'), amount: sum.ceiling },
    { name: t('money.proposed'), amount: sum.proposed },
    { name: t('money.approved'), amount: sum.approved },
    { name: t('money.delivered'), amount: sum.delivered },
  ];
  return (
    <dl class="sums">
      {figures.map(({ name, amount }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <RupiahHint amount={amount} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ProgrammeItem({ summary }: { summary: ProgrammeSummary }) {
  const t = useT();
  const language = useLanguage();
  const nameOf = useProgrammeName();
  const { programme } = summary;
  const short = (text: string) => formatRupiahShort(toCount(text), language);
  const needs = toCount(summary.eligibleFamilies);
  const units = toCount(summary.proposedUnits);
  const bar = t('budget.bar', {
    ceiling: short(programme.ceilingRupiah),
    proposed: short(summary.proposedRupiah),
    approved: short(summary.approvedRupiah),
    delivered: short(summary.deliveredRupiah),
  });
  return (
    <li>
      <Go to={{ programme: programme.id }} class="programme">
        <span class="programme__name">
          {nameOf(programme)}
          <span class="sub">
            {programme.subactivityCode} · {programme.agency}
          </span>
        </span>
        <span class="programme__need">
          <span>
            <Glow text={formatCount(needs, language, true)} class="strong" />{' '}
            {t('budget.families', { count: needs })}
          </span>
          <span class="sub">
            {t('budget.perUnit', { cost: short(programme.unitCostRupiah), unit: programme.unit })}
          </span>
        </span>
        <span class="programme__money">
          <CeilingBar
            ceiling={toCount(programme.ceilingRupiah)}
            proposed={toCount(summary.proposedRupiah)}
            approved={toCount(summary.approvedRupiah)}
            delivered={toCount(summary.deliveredRupiah)}
            label={bar}
          />
          <span class="programme__line">
            <span>
              {t('budget.proposedUnits', { n: formatCount(units, language), count: units })} ·{' '}
              <Glow text={short(summary.proposedRupiah)} class="strong" />
            </span>
            <span class="sub">
              {t('budget.ofCeiling', {
                ceiling: short(programme.ceilingRupiah),
                approved: short(summary.approvedRupiah),
                delivered: short(summary.deliveredRupiah),
              })}
            </span>
          </span>
        </span>
      </Go>
    </li>
  );
}
