// What another ceiling or unit cost would change, before anybody decides. Writes nothing.

import { useState } from 'preact/hooks';
import { newIdempotencyKey, postJson, Problem } from '../../api/client';
import type { PlanChange, PlanProposed, Preview } from '../../api/types';
import { formatCount, formatRupiahShort, parseRupiah, toCount } from '../../format/numbers';
import { TextField } from '../../parts/Controls';
import { DataTable } from '../../parts/DataTable';
import { Panel } from '../../parts/Panel';
import { problemWords } from '../../parts/States';
import { useLanguage, useStore, useT } from '../../store/hooks';
import { useSource } from '../shared';

export function PreviewPanel({ programmeId, proposal }: { programmeId: string; proposal: PlanProposed }) {
  const t = useT();
  const language = useLanguage();
  const grouped = (text: string) => formatCount(toCount(text), language);
  const [ceiling, setCeiling] = useState(grouped(proposal.ceilingRupiah));
  const [unitCost, setUnitCost] = useState(grouped(proposal.unitCostRupiah));
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const ceilingRupiah = parseRupiah(ceiling);
  const unitCostRupiah = parseRupiah(unitCost);

  const run = async (event: Event) => {
    event.preventDefault();
    if (ceilingRupiah === null || unitCostRupiah === null) return;
    setBusy(true);
    setFailure('');
    try {
      const path = `/v1/programmes/${programmeId}/preview`;
      setPreview(await postJson<Preview>(path, { ceilingRupiah, unitCostRupiah }, newIdempotencyKey()));
    } catch (cause) {
      setFailure(cause instanceof Problem ? problemWords(cause, t) : String(cause));
    }
    setBusy(false);
  };
  const wrong = t('preview.notMoney');
  return (
    <Panel title={t('preview.title')} note={t('preview.note')} class="no-print">
      <form class="amounts" onSubmit={(event) => void run(event)} noValidate>
        <TextField
          label={t('column.ceiling')}
          value={ceiling}
          onInput={setCeiling}
          error={ceilingRupiah === null ? wrong : ''}
        />
        <TextField
          label={t('column.unitCost')}
          value={unitCost}
          onInput={setUnitCost}
          error={unitCostRupiah === null ? wrong : ''}
        />
        <button
          type="submit"
          class="button"
          disabled={busy || ceilingRupiah === null || unitCostRupiah === null}
        >
          {t('preview.run')}
        </button>
      </form>
      {failure && (
        <p class="field__error" role="alert">
          {failure}
        </p>
      )}
      <div aria-live="polite">{preview && <PreviewResult preview={preview} />}</div>
    </Panel>
  );
}

function PreviewResult({ preview }: { preview: Preview }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const source = useSource();
  const gaining = toCount(preview.familiesGaining);
  const losing = toCount(preview.familiesLosing);
  const against =
    preview.comparedWith === 'approved'
      ? t('preview.againstApproved')
      : preview.comparedWith === 'proposal'
        ? t('preview.againstProposal')
        : t('preview.againstNothing');
  const difference = (row: PlanChange) => toCount(row.unitsAfter) - toCount(row.unitsBefore);
  return (
    <div class="stack">
      <div class="outcome">
        <p>
          <strong>{formatRupiahShort(toCount(preview.preview.costRupiah), language)}</strong>
          <span>{t('preview.cost')}</span>
        </p>
        <p class="outcome--good">
          <strong>▲ {formatCount(gaining, language)}</strong>
          <span>{t('preview.gaining', { count: gaining })}</span>
        </p>
        <p class="outcome--bad">
          <strong>▼ {formatCount(losing, language)}</strong>
          <span>{t('preview.losing', { count: losing })}</span>
        </p>
        <p>
          <strong>{formatCount(toCount(preview.regionsChanged), language)}</strong>
          <span>{t('preview.villages', { count: toCount(preview.regionsChanged) })}</span>
        </p>
      </div>
      <p class="panel__note">{against}</p>
      {preview.changes.length > 0 && (
        <DataTable<PlanChange>
          id="akibat"
          name={t('preview.title')}
          caption={t('preview.title')}
          rows={preview.changes}
          keyOf={(row) => row.region}
          source={source}
          height={280}
          columns={[
            {
              key: 'district',
              title: t('column.district'),
              value: (row) => store.names.name(row.region.split('.').slice(0, 3).join('.')),
            },
            { key: 'village', title: t('column.village'), value: (row) => store.names.name(row.region) },
            {
              key: 'before',
              title: t('column.before'),
              numeric: true,
              value: (row) => toCount(row.unitsBefore),
              cell: (row) => formatCount(toCount(row.unitsBefore), language),
            },
            {
              key: 'after',
              title: t('column.after'),
              numeric: true,
              value: (row) => toCount(row.unitsAfter),
              cell: (row) => formatCount(toCount(row.unitsAfter), language),
            },
            {
              key: 'difference',
              title: t('column.difference'),
              numeric: true,
              value: difference,
              cell: (row) =>
                `${difference(row) > 0 ? '▲ +' : '▼ −'}${formatCount(Math.abs(difference(row)), language)}`,
            },
          ]}
        />
      )}
    </div>
  );
}
