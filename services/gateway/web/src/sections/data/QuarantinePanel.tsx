// Refused records, grouped by reason; each opens beside its rule.

import { useState } from 'preact/hooks';
import { newIdempotencyKey, postJson, Problem } from '../../api/client';
import type { Quarantine, Rejected, Replay } from '../../api/types';
import { formatCount, toCount } from '../../format/numbers';
import { wordFor } from '../../messages';
import { LengthBar } from '../../parts/Bars';
import { Dialog, Go, TextField } from '../../parts/Controls';
import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import { EmptyState, Loaded, problemWords, Skeleton } from '../../parts/States';
import { useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useQuarantine } from '../../store/queries';
import { useSource } from '../shared';
import { useActor } from '../useActor';

const PAGE_SIZE = 200;
/** What one answer can hold; more records than this are reached by area and reason. */
const MOST = 1000;

export function QuarantinePanel() {
  const t = useT();
  const language = useLanguage();
  const { region, reason } = useUrl();
  const [pageSize, setPageSize] = useState(PAGE_SIZE);
  const quarantine = useQuarantine(region, reason, pageSize);
  const everywhere = useQuarantine('', '', 1);
  const elsewhere = toCount(everywhere.data?.total) - toCount(quarantine.data?.total);
  const [replaying, setReplaying] = useState(false);
  return (
    <Panel
      title={t('quarantine.title')}
      note={t('quarantine.note')}
      actions={
        <button
          type="button"
          class="button"
          disabled={toCount(quarantine.data?.total) === 0}
          onClick={() => setReplaying(true)}
        >
          {t('quarantine.replay')}
        </button>
      }
    >
      <Loaded of={quarantine} skeleton={<Skeleton lines={8} />}>
        {(data) =>
          toCount(data.total) === 0 && reason === '' ? (
            <EmptyState title={t('quarantine.none')} />
          ) : (
            <div class="quarantine">
              <Reasons data={data} />
              <Records
                data={data}
                reason={reason}
                loading={quarantine.loading}
                onMore={pageSize < MOST ? () => setPageSize(MOST) : undefined}
              />
            </div>
          )
        }
      </Loaded>
      {region !== '0' && quarantine.data && elsewhere > 0 && (
        <p class="source">
          {t('quarantine.elsewhere', { n: formatCount(elsewhere, language), count: elsewhere })}{' '}
          <Go to={{ region: '0' }}>{t('quarantine.showAll')}</Go>
        </p>
      )}
      <Dialog title={t('quarantine.replay')} open={replaying} onClose={() => setReplaying(false)}>
        <ReplayForm reason={reason} onDone={() => setReplaying(false)} />
      </Dialog>
    </Panel>
  );
}

function Reasons({ data }: { data: Quarantine }) {
  const t = useT();
  const language = useLanguage();
  const { reason } = useUrl();
  const groups = Object.entries(data.totalByReason).map(([name, count]) => ({ name, count: toCount(count) }));
  groups.sort((a, b) => b.count - a.count);
  const most = Math.max(...groups.map((group) => group.count), 1);
  return (
    <ul class="reasons" aria-label={t('quarantine.byReason')}>
      {reason !== '' && (
        <li>
          <Go to={{ reason: '' }} class="reasons__row">
            ← {t('quarantine.all')}
          </Go>
        </li>
      )}
      {groups.map((group) => (
        <li key={group.name}>
          <Go to={{ reason: group.name }} class="reasons__row" current={group.name === reason}>
            <span>{wordFor(t, 'reason', group.name)}</span>
            <LengthBar size={group.count} most={most} tone="bad" />
            <span class="number">{formatCount(group.count, language)}</span>
          </Go>
        </li>
      ))}
    </ul>
  );
}

interface RecordsProps {
  data: Quarantine;
  reason: string;
  loading: boolean;
  onMore: (() => void) | undefined;
}

function Records({ data, reason, loading, onMore }: RecordsProps) {
  const t = useT();
  const store = useStore();
  const source = useSource();
  const title = t('quarantine.title');
  const total = toCount(reason === '' ? data.total : data.totalByReason[reason]);
  const beyond = total - data.records.length;
  const words = (row: Rejected) =>
    row.findings.filter((finding) => finding.fatal).map((finding) => wordFor(t, 'reason', finding.reason));
  return (
    <DataTable<Rejected>
      id="sisihan"
      name={title}
      caption={title}
      rows={data.records}
      keyOf={(row) => row.submissionId}
      source={source}
      beyond={onMore && beyond > 0 ? { count: Math.min(beyond, MOST), loading, load: onMore } : undefined}
      columns={[
        {
          key: 'reason',
          title: t('column.reason'),
          value: (row) => words(row).join('; '),
          cell: (row) => <Go to={{ submission: row.submissionId }}>{words(row).join('; ')}</Go>,
        },
        {
          key: 'column',
          title: t('column.column'),
          value: (row) => row.findings.find((finding) => finding.fatal)?.column ?? '',
        },
        {
          key: 'area',
          title: t('column.area'),
          value: (row) => (row.region ? store.names.name(row.region) : t('quarantine.noRegion')),
        },
        { key: 'source', title: t('column.source'), value: (row) => row.source },
        {
          key: 'line',
          title: t('column.line'),
          numeric: true,
          value: (row) => toCount(row.line),
          optional: true,
        },
      ]}
    />
  );
}

function ReplayForm({ reason, onDone }: { reason: string; onDone: () => void }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const [actor, setActor] = useActor();
  const [why, setWhy] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const body = { actor, reason: why, ...(reason === '' ? {} : { quarantineReason: reason }) };
      const result = await postJson<Replay>('/v1/quarantine/replay', body, newIdempotencyKey());
      const n = (text: string) => formatCount(toCount(text), language);
      store.notify(
        'done',
        t('quarantine.replayed', {
          n: n(result.replayed),
          accepted: n(result.accepted),
          rejected: n(result.stillRejected),
          count: toCount(result.replayed),
        }),
      );
      store.resources.refresh((candidate) => /\/v1\/(ingests|quarantine)/.test(candidate));
      onDone();
    } catch (cause) {
      setFailure(cause instanceof Problem ? problemWords(cause, t) : String(cause));
      setBusy(false);
    }
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <p>
        {reason === ''
          ? t('quarantine.replayAll')
          : t('quarantine.replayReason', { reason: wordFor(t, 'reason', reason) })}
      </p>
      <TextField label={t('form.actor')} value={actor} onInput={setActor} required />
      <TextField label={t('form.reason')} value={why} onInput={setWhy} lines={2} required />
      {failure && (
        <p class="field__error" role="alert">
          {failure}
        </p>
      )}
      <button
        type="submit"
        class="button button--primary"
        disabled={busy || actor.trim() === '' || why.trim() === ''}
      >
        {t('quarantine.replay')}
      </button>
    </form>
  );
}
