// One refused record: its cells beside the rules they break, corrected and decided again here.

import { useState } from 'preact/hooks';
import { newIdempotencyKey, postJson, Problem } from '../../api/client';
import type { Correction, Finding, Quarantined, Receipt } from '../../api/types';
import { toCount } from '../../format/numbers';
import { wordFor } from '../../messages';
import { Badge, Go, RegionName, TextField } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { EmptyState, Loaded, problemWords, Skeleton } from '../../parts/States';
import { useLanguage, useStore, useT } from '../../store/hooks';
import { useQuarantined } from '../../store/queries';
import { useActor } from '../useActor';

export function QuarantinedRecord({ submissionId }: { submissionId: string }) {
  const t = useT();
  const record = useQuarantined(submissionId);
  const missing = (
    <div class="panel">
      <EmptyState title={t('record.gone')} />
    </div>
  );
  return (
    <>
      <Go to={{ submission: '' }} class="back">
        ← {t('record.back')}
      </Go>
      <Loaded
        of={record}
        missing={missing}
        skeleton={
          <div class="panel">
            <Skeleton lines={10} />
          </div>
        }
      >
        {(data) => <RecordEditor data={data} />}
      </Loaded>
    </>
  );
}

type Edits = Record<string, string>;
const editKey = (row: number, column: string) => `${row}/${column}`;

function RecordEditor({ data }: { data: Quarantined }) {
  const t = useT();
  const store = useStore();
  const [edits, setEdits] = useState<Edits>({});
  const [actor, setActor] = useActor();
  const [why, setWhy] = useState('');
  const [failure, setFailure] = useState('');
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [busy, setBusy] = useState(false);
  const corrections = Object.entries(edits).map(([key, value]) => {
    const slash = key.indexOf('/');
    return { row: Number(key.slice(0, slash)), column: key.slice(slash + 1), value };
  });
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const path = `/v1/quarantine/${encodeURIComponent(data.record.submissionId)}/correct`;
      const answer = await postJson<Correction>(
        path,
        { actor, reason: why, corrections },
        newIdempotencyKey(),
      );
      setReceipt(answer.receipt);
      store.resources.refresh((candidate) => /\/v1\/(ingests|quarantine\?)/.test(candidate));
    } catch (cause) {
      setFailure(cause instanceof Problem ? problemWords(cause, t) : String(cause));
    }
    setBusy(false);
  };
  if (receipt && receipt.outcome !== 'rejected') return <Accepted receipt={receipt} />;
  const findings = receipt ? receipt.findings : data.record.findings;
  return (
    <form class="split split--record" onSubmit={(event) => void submit(event)}>
      <Panel title={t('record.cells')} note={t('record.cellsNote')}>
        <Cells
          data={data}
          findings={findings}
          edits={edits}
          onEdit={(key, value) => setEdits({ ...edits, [key]: value })}
        />
      </Panel>
      <div class="split__side">
        <Panel
          title={t('record.rules')}
          note={
            <>
              {t('record.from', {
                source: data.record.source,
                line: data.record.line,
                codebook: data.record.codebookId,
              })}{' '}
              {data.record.region && <RegionName code={data.record.region} />}
            </>
          }
        >
          {receipt && (
            <p class="field__error" role="alert">
              {t('record.stillRejected')}
            </p>
          )}
          <Findings findings={findings} />
        </Panel>
        <Panel title={t('record.correct')}>
          <div class="stack">
            <TextField label={t('form.actor')} value={actor} onInput={setActor} required />
            <TextField
              label={t('form.reason')}
              value={why}
              onInput={setWhy}
              lines={2}
              required
              hint={t('record.reasonHint')}
            />
            {failure && (
              <p class="field__error" role="alert">
                {failure}
              </p>
            )}
            <button
              type="submit"
              class="button button--primary"
              disabled={busy || corrections.length === 0 || actor.trim() === '' || why.trim() === ''}
            >
              {t('record.send', { n: corrections.length, count: corrections.length })}
            </button>
          </div>
        </Panel>
      </div>
    </form>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  const t = useT();
  const language = useLanguage();
  return (
    <ul class="rules">
      {findings.map((finding, index) => (
        <li key={`${finding.reason}/${finding.column}/${index}`}>
          <span class="rules__name">
            {wordFor(t, 'reason', finding.reason)}
            {finding.column !== '' && (
              <span class="sub">{t('record.column', { column: finding.column })}</span>
            )}
          </span>
          <Badge tone={finding.fatal ? 'bad' : 'warn'}>
            {finding.fatal ? t('record.fatal') : t('record.flag')}
          </Badge>
          <span class="rules__why">{wordFor(t, 'rule', finding.reason)}</span>
          {language === 'en' && <span class="rules__why">{finding.message}</span>}
        </li>
      ))}
    </ul>
  );
}

interface CellsProps {
  data: Quarantined;
  findings: Finding[];
  edits: Edits;
  onEdit: (key: string, value: string) => void;
}

function Cells({ data, findings, edits, onEdit }: CellsProps) {
  const t = useT();
  const columns = [...new Set(data.rows.flatMap((row) => Object.keys(row.cells)))];
  const wrong = new Set(findings.map((finding) => finding.column));
  columns.sort(
    (a, b) => Number(wrong.has(b)) - Number(wrong.has(a)) || a.localeCompare(b, 'id', { numeric: true }),
  );
  const masked = new Set(data.maskedColumns);
  const line = toCount(data.record.line);
  return (
    <div
      class="table-wrap"
      tabIndex={0}
      role="region"
      aria-label={t('table.region', { name: t('record.cells') })}
    >
      <table class="cells">
        <thead>
          <tr>
            <th scope="col">{t('column.column')}</th>
            {data.rows.map((_, index) => (
              <th key={index} scope="col">
                {line > 0
                  ? t('record.lineNumber', { n: line + index })
                  : t('record.rowNumber', { n: index + 1 })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column} class={wrong.has(column) ? 'cells__wrong' : ''}>
              <th scope="row">{column}</th>
              {data.rows.map((row, index) => {
                const key = editKey(index, column);
                return (
                  <td key={index}>
                    <input
                      class={`input ${key in edits ? 'input--edited' : ''}`}
                      aria-label={t('record.cell', { column, n: index + 1 })}
                      placeholder={masked.has(column) ? t('record.masked') : ''}
                      value={edits[key] ?? (masked.has(column) ? '' : (row.cells[column] ?? ''))}
                      onInput={(event) => onEdit(key, event.currentTarget.value)}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Accepted({ receipt }: { receipt: Receipt }) {
  const t = useT();
  return (
    <Panel title={t('record.acceptedTitle')}>
      <p role="status">{receipt.outcome === 'flagged' ? t('record.acceptedFlags') : t('record.accepted')}</p>
      <div class="row">
        {receipt.familyId !== '' && (
          <Go
            to={{ section: 'sasaran', view: 'keluarga', family: receipt.familyId }}
            class="button button--primary"
          >
            {t('record.toFamily')}
          </Go>
        )}
        <Go to={{ submission: '' }} class="button">
          {t('record.back')}
        </Go>
      </div>
    </Panel>
  );
}
