// An approved plan: frozen list, who decided and why, and the deliveries entered against it.

import { useState } from 'preact/hooks';
import { newIdempotencyKey, postJson, Problem } from '../../api/client';
import type { Delivery, FrozenFamily, Plan } from '../../api/types';
import { formatEpochDay, formatMoment, parseEpochDay, todayInput } from '../../format/dates';
import { formatCount, formatRupiah, parseRupiah, toCount } from '../../format/numbers';
import { wordFor } from '../../messages';
import { Badge, Go, Select, TextField } from '../../parts/Controls';
import { DataTable } from '../../parts/DataTable';
import { Icon } from '../../parts/Icon';
import { Panel, SourceLine } from '../../parts/Panel';
import { EmptyState, Loaded, problemWords, Skeleton } from '../../parts/States';
import { useLanguage, useStore, useT } from '../../store/hooks';
import { useOutcomes, usePlan } from '../../store/queries';
import { shortPseudonym } from '../sasaran/FamilyRanking';
import { useSource } from '../shared';
import { useActor } from '../useActor';

export function PlanView({ planId }: { planId: string }) {
  const t = useT();
  const plan = usePlan(planId);
  const missing = (
    <div class="panel">
      <EmptyState title={t('plan.unknown')} />
    </div>
  );
  return (
    <Loaded
      of={plan}
      missing={missing}
      skeleton={
        <div class="panel">
          <Skeleton height={420} />
        </div>
      }
    >
      {(data) => (
        <>
          <FrozenHead data={data} />
          <div class="split split--even">
            <DeliveryForm data={data} />
            <Deliveries data={data} />
          </div>
          <FrozenList data={data} />
        </>
      )}
    </Loaded>
  );
}

function FrozenHead({ data }: { data: Plan }) {
  const t = useT();
  const language = useLanguage();
  const { plan } = data;
  const facts: [string, string][] = [
    [t('plan.by'), plan.approvedBy],
    [t('plan.at'), formatMoment(toCount(plan.approvedAtMs), true)],
    [t('plan.families'), formatCount(plan.families.length, language)],
    [t('column.cost'), formatRupiah(toCount(plan.costRupiah), language)],
    [t('plan.digest'), plan.listDigest.slice(0, 16)],
  ];
  return (
    <section class="panel frozen">
      <p class="frozen__mark">
        <Icon name="lock" size={16} /> {t('plan.frozen')}
      </p>
      <h2>{t('plan.title')}</h2>
      <blockquote class="frozen__reason">{plan.reason}</blockquote>
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

function DeliveryForm({ data }: { data: Plan }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const [actor, setActor] = useActor();
  const [familyId, setFamilyId] = useState('');
  const [day, setDay] = useState(todayInput(Date.now()));
  const [cost, setCost] = useState(formatCount(toCount(data.proposal.unitCostRupiah), language));
  const [handover, setHandover] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const served = new Set(data.deliveries.map((delivery) => delivery.familyId));
  const waiting = data.plan.families.filter((family) => !served.has(family.familyId));
  const chosen = familyId || (waiting[0]?.familyId ?? '');
  const deliveredOn = parseEpochDay(day);
  const costRupiah = parseRupiah(cost);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const path = `/v1/plans/${encodeURIComponent(data.plan.planId)}/deliveries`;
      const reason = t('delivery.reason');
      await postJson(
        path,
        { actor, reason, familyId: chosen, deliveredOn, costRupiah, handoverRecord: handover },
        newIdempotencyKey(),
      );
      store.notify('done', t('delivery.done'));
      store.resources.refresh(
        (candidate) => candidate.startsWith('/v1/plans') || candidate.startsWith('/v1/programmes'),
      );
      setFamilyId('');
      setHandover('');
    } catch (cause) {
      setFailure(cause instanceof Problem ? problemWords(cause, t) : String(cause));
    }
    setBusy(false);
  };
  if (waiting.length === 0)
    return (
      <Panel title={t('delivery.title')}>
        <p class="calm">{t('delivery.allServed')}</p>
      </Panel>
    );
  const ready = actor.trim() !== '' && handover.trim() !== '' && deliveredOn !== null && costRupiah !== null;
  return (
    <Panel
      title={t('delivery.title')}
      note={t('delivery.note', { n: formatCount(waiting.length, language), count: waiting.length })}
      class="no-print"
    >
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <Select
          label={t('delivery.family')}
          value={chosen}
          onChange={setFamilyId}
          options={waiting.slice(0, 200).map((family) => ({
            value: family.familyId,
            label: `${family.rank}. ${shortPseudonym(family.familyId)} · ${store.names.name(family.region)}`,
          }))}
        />
        <div class="row">
          <TextField type="date" label={t('delivery.day')} value={day} onInput={setDay} required />
          <TextField
            label={t('column.cost')}
            value={cost}
            onInput={setCost}
            error={costRupiah === null ? t('preview.notMoney') : ''}
            required
          />
        </div>
        <TextField
          label={t('delivery.handover')}
          value={handover}
          onInput={setHandover}
          hint={t('delivery.handoverHint')}
          required
        />
        <TextField label={t('form.actor')} value={actor} onInput={setActor} required />
        {failure && (
          <p class="field__error" role="alert">
            {failure}
          </p>
        )}
        <button type="submit" class="button button--primary" disabled={busy || !ready}>
          {t('delivery.save')}
        </button>
      </form>
    </Panel>
  );
}

function Deliveries({ data }: { data: Plan }) {
  const t = useT();
  const language = useLanguage();
  const source = useSource();
  const store = useStore();
  const outcomes = useOutcomes(data.plan.planId).data?.outcomes ?? [];
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.deliveryId, outcome.needAfter]));
  const need = (row: Delivery) => wordFor(t, 'outcome', outcomeOf.get(row.deliveryId) ?? 'waiting');
  const title = t('delivery.list');
  const count = data.deliveries.length;
  return (
    <Panel
      title={title}
      note={t('delivery.count', {
        n: formatCount(count, language),
        total: formatCount(data.plan.families.length, language),
      })}
    >
      {count === 0 ? (
        <p class="calm">{t('delivery.none')}</p>
      ) : (
        <DataTable<Delivery>
          id="penyaluran"
          name={title}
          caption={title}
          rows={data.deliveries}
          keyOf={(row) => row.deliveryId}
          source={source}
          height={320}
          columns={[
            { key: 'family', title: t('column.family'), value: (row) => shortPseudonym(row.familyId) },
            {
              key: 'village',
              title: t('column.village'),
              value: (row) => store.names.name(row.region),
              optional: true,
            },
            { key: 'day', title: t('delivery.day'), value: (row) => formatEpochDay(row.deliveredOn) },
            {
              key: 'handover',
              title: t('delivery.handover'),
              value: (row) => row.handoverRecord,
              optional: true,
            },
            {
              key: 'cost',
              title: t('column.cost'),
              numeric: true,
              optional: true,
              value: (row) => toCount(row.costRupiah),
              cell: (row) => formatRupiah(toCount(row.costRupiah), language),
            },
            {
              key: 'need',
              title: t('column.needAfter'),
              value: need,
              cell: (row) => (
                <Badge tone={outcomeOf.get(row.deliveryId) === 'closed' ? 'good' : 'calm'}>{need(row)}</Badge>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function FrozenList({ data }: { data: Plan }) {
  const t = useT();
  const language = useLanguage();
  const source = useSource();
  const store = useStore();
  const title = t('plan.list');
  const served = new Set(data.deliveries.map((delivery) => delivery.familyId));
  return (
    <Panel title={title} note={t('families.masked')}>
      <DataTable<FrozenFamily>
        id="daftar"
        name={title}
        caption={title}
        rows={data.plan.families}
        keyOf={(row) => row.familyId}
        source={source}
        columns={[
          {
            key: 'rank',
            title: t('column.rank'),
            numeric: true,
            value: (row) => Number(row.rank),
            cell: (row) => formatCount(Number(row.rank), language),
          },
          {
            key: 'family',
            title: t('column.family'),
            value: (row) => row.familyId,
            cell: (row) => (
              <Go to={{ section: 'sasaran', view: 'keluarga', family: row.familyId }} class="mono">
                {shortPseudonym(row.familyId)}
              </Go>
            ),
          },
          { key: 'village', title: t('column.village'), value: (row) => store.names.name(row.region) },
          {
            key: 'state',
            title: t('column.delivery'),
            value: (row) => t(served.has(row.familyId) ? 'plan.served' : 'plan.waiting'),
          },
        ]}
      />
      <SourceLine text={source} />
    </Panel>
  );
}
