// One programme: the newest proposal by village, its certificate in words, what another ceiling
// would change, and the decision.

import { useState } from 'preact/hooks';
import type { PlanRow, ProgrammeSummary, Proposal } from '../../api/types';
import { formatEpochDay, formatMoment } from '../../format/dates';
import { formatCount, formatRupiah, formatRupiahShort, toCount } from '../../format/numbers';
import { CeilingBar, LengthBar } from '../../parts/Bars';
import { Go } from '../../parts/Controls';
import { DataTable } from '../../parts/DataTable';
import { Panel, SourceLine } from '../../parts/Panel';
import { RupiahHint } from '../../parts/RupiahHint';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { usePlans, useProgrammes, useProposal } from '../../store/queries';
import { useSource } from '../shared';
import { ApproveDialog } from './ApproveDialog';
import { useProgrammeName } from './ProgrammeList';
import { PreviewPanel } from './PreviewPanel';

export function ProposalView({ programmeId }: { programmeId: string }) {
  const t = useT();
  const { region } = useUrl();
  const summary = useProgrammes(region).data?.programmes.find(
    ({ programme }) => programme.id === programmeId,
  );
  const proposal = useProposal(programmeId, region);
  const missing = (
    <div class="panel">
      <EmptyState title={t('proposal.none')} />
    </div>
  );
  return (
    <>
      {summary && <ProgrammeHead summary={summary} />}
      <Loaded
        of={proposal}
        missing={missing}
        skeleton={
          <div class="panel">
            <Skeleton height={360} />
          </div>
        }
      >
        {(data) => (
          <>
            <div class="split split--even">
              <div class="split__side">
                <CertificatePanel data={data} />
                <PlansPanel programmeId={programmeId} />
              </div>
              <PreviewPanel programmeId={programmeId} proposal={data.proposal} />
            </div>
            <ProposalRows data={data} />
          </>
        )}
      </Loaded>
    </>
  );
}

function ProgrammeHead({ summary }: { summary: ProgrammeSummary }) {
  const t = useT();
  const language = useLanguage();
  const nameOf = useProgrammeName();
  const { programme } = summary;
  const facts: [string, string][] = [
    [t('column.agency'), programme.agency],
    [
      t('column.unitCost'),
      `${formatRupiah(toCount(programme.unitCostRupiah), language)} / ${programme.unit}`,
    ],
    [t('column.fund'), programme.fundSource],
    [t('column.deadline'), programme.deadline ? formatEpochDay(programme.deadline) : t('figure.noData')],
    [t('column.need'), formatCount(toCount(summary.eligibleFamilies), language)],
    [t('column.unknown'), formatCount(toCount(summary.unknownFamilies), language)],
  ];
  return (
    <section class="panel family__head">
      <div>
        <h2>{nameOf(programme)}</h2>
        <p class="panel__note">
          {programme.subactivityCode} · {programme.subactivityName}
        </p>
        <p class="panel__note">
          <Go to={{ section: 'sasaran', view: 'keluarga', programme: programme.id }}>
            {t('proposal.toFamilies', {
              n: formatCount(toCount(summary.eligibleFamilies), language),
              count: toCount(summary.eligibleFamilies),
            })}
          </Go>
        </p>
      </div>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function CertificatePanel({ data }: { data: Proposal }) {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const [deciding, setDeciding] = useState(false);
  const { proposal } = data;
  const ceiling = toCount(proposal.ceilingRupiah);
  const cost = toCount(proposal.costRupiah);
  return (
    <Panel
      title={t('proposal.title')}
      note={[
        t('proposal.asOf', { time: formatMoment(toCount(proposal.proposedAtMs), true) }),
        ...(region.split('.').length > 2 ? [t('proposal.whole')] : []),
      ].join(' ')}
    >
      <p class="bigmoney">
        <RupiahHint amount={cost} />
        <span class="sub">{t('proposal.ofCeiling', { ceiling: formatRupiah(ceiling, language) })}</span>
      </p>
      <CeilingBar
        ceiling={ceiling}
        proposed={cost}
        approved={toCount(proposal.committedRupiah)}
        delivered={0}
        label={t('money.bar', {
          proposed: formatRupiahShort(cost, language),
          ceiling: formatRupiahShort(ceiling, language),
        })}
      />
      <p class="certificate">{language === 'id' ? data.certificateId : data.certificateEn}</p>
      {cost > 0 ? (
        <button type="button" class="button button--primary" onClick={() => setDeciding(true)}>
          {t('proposal.approve')}
        </button>
      ) : (
        <p class="panel__note">{t('proposal.spent')}</p>
      )}
      <ApproveDialog proposal={proposal} open={deciding} onClose={() => setDeciding(false)} />
    </Panel>
  );
}

function PlansPanel({ programmeId }: { programmeId: string }) {
  const t = useT();
  const language = useLanguage();
  const plans = usePlans(programmeId);
  return (
    <Panel title={t('plans.title')} note={t('plans.note')}>
      <Loaded of={plans}>
        {({ plans: list }) =>
          list.length === 0 ? (
            <p class="calm">{t('plans.none')}</p>
          ) : (
            <ul class="rules">
              {list.map((plan) => (
                <li key={plan.planId}>
                  <Go to={{ plan: plan.planId }} class="rules__name">
                    {t('plans.item', {
                      n: formatCount(toCount(plan.families), language),
                      money: formatRupiahShort(toCount(plan.costRupiah), language),
                      count: toCount(plan.families),
                    })}
                  </Go>
                  <span class="sub">
                    {t('plans.by', {
                      actor: plan.approvedBy,
                      time: formatMoment(toCount(plan.approvedAtMs)),
                      n: formatCount(toCount(plan.delivered), language),
                    })}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function ProposalRows({ data }: { data: Proposal }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const source = useSource();
  const { programmeId } = data.proposal;
  const title = t('proposal.rows');
  // Families whose village is not known hang on their district.
  const villageName = (row: PlanRow) =>
    row.region.split('.').length < 4 ? t('proposal.noVillage') : store.names.name(row.region);
  const served = (row: PlanRow) => {
    const need = toCount(row.eligibleFamilies);
    return need === 0 ? null : Math.round((1000 * toCount(row.proposedUnits)) / need) / 10;
  };
  return (
    <Panel title={title} note={t('proposal.rowsNote')}>
      <DataTable<PlanRow>
        id="usulan"
        name={title}
        caption={title}
        rows={data.proposal.rows}
        keyOf={(row) => row.region}
        source={source}
        height={480}
        columns={[
          { key: 'code', title: t('column.code'), value: (row) => row.region, optional: true },
          {
            key: 'district',
            title: t('column.district'),
            value: (row) => store.names.name(row.region.split('.').slice(0, 3).join('.')),
          },
          {
            key: 'village',
            title: t('column.village'),
            value: villageName,
            cell: (row) => (
              <Go to={{ section: 'sasaran', view: 'keluarga', region: row.region, programme: programmeId }}>
                {villageName(row)}
              </Go>
            ),
          },
          {
            key: 'need',
            title: t('column.need'),
            numeric: true,
            value: (row) => toCount(row.eligibleFamilies),
            cell: (row) => formatCount(toCount(row.eligibleFamilies), language, true),
          },
          {
            key: 'unitCost',
            title: t('column.unitCost'),
            numeric: true,
            optional: true,
            value: () => toCount(data.proposal.unitCostRupiah),
            cell: () => formatRupiah(toCount(data.proposal.unitCostRupiah), language),
          },
          {
            key: 'units',
            title: t('column.units'),
            numeric: true,
            value: (row) => toCount(row.proposedUnits),
            cell: (row) => formatCount(toCount(row.proposedUnits), language),
          },
          {
            key: 'left',
            title: t('column.left'),
            numeric: true,
            value: (row) => toCount(row.eligibleFamilies) - toCount(row.proposedUnits),
            cell: (row) =>
              formatCount(toCount(row.eligibleFamilies) - toCount(row.proposedUnits), language, true),
          },
          {
            key: 'cost',
            title: t('column.cost'),
            numeric: true,
            value: (row) => toCount(row.costRupiah),
            cell: (row) => formatRupiah(toCount(row.costRupiah), language),
          },
          {
            key: 'share',
            title: t('column.served'),
            value: served,
            cell: (row) => <LengthBar size={served(row) ?? 0} most={100} />,
          },
        ]}
      />
      <SourceLine text={source} />
    </Panel>
  );
}
