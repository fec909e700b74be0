// The decision: a person, a reason, and a list that is frozen from then on.

import { useState } from 'preact/hooks';
import { newIdempotencyKey, postJson, Problem } from '../../api/client';
import type { Approval, PlanProposed } from '../../api/types';
import { formatCount, formatRupiah, toCount } from '../../format/numbers';
import { Dialog, TextField } from '../../parts/Controls';
import { problemWords } from '../../parts/States';
import { useActor } from '../useActor';
import { useLanguage, useStore, useT } from '../../store/hooks';

export function ApproveDialog({
  proposal,
  open,
  onClose,
}: {
  proposal: PlanProposed;
  open: boolean;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <Dialog title={t('approve.title')} open={open} onClose={onClose}>
      <ApproveForm proposal={proposal} onDone={onClose} />
    </Dialog>
  );
}

function ApproveForm({ proposal, onDone }: { proposal: PlanProposed; onDone: () => void }) {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const [actor, setActor] = useActor();
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const [key] = useState(newIdempotencyKey);
  // The proposal that was on screen when the dialog opened is the one that is approved.
  const [chosen] = useState(proposal);
  const units =
    toCount(chosen.unitCostRupiah) > 0 ? toCount(chosen.costRupiah) / toCount(chosen.unitCostRupiah) : 0;
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const path = `/v1/plans/${encodeURIComponent(chosen.planId)}/approve`;
      const { approved } = await postJson<Approval>(path, { actor, reason }, key);
      store.notify(
        'done',
        t('approve.done', {
          n: formatCount(approved.families.length, language),
          count: approved.families.length,
        }),
      );
      store.resources.refresh(
        (candidate) => candidate.startsWith('/v1/plans') || candidate.startsWith('/v1/programmes'),
      );
      onDone();
      store.go({ plan: approved.planId });
    } catch (cause) {
      setFailure(cause instanceof Problem ? problemWords(cause, t) : String(cause));
      setBusy(false);
    }
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <p>
        {t('approve.what', {
          n: formatCount(units, language),
          money: formatRupiah(toCount(chosen.costRupiah), language),
          count: units,
        })}
      </p>
      <p class="panel__note">{t('approve.frozen')}</p>
      <TextField label={t('form.actor')} value={actor} onInput={setActor} required />
      <TextField
        label={t('form.reason')}
        value={reason}
        onInput={setReason}
        lines={3}
        required
        hint={t('form.reasonHint')}
      />
      {failure && (
        <p class="field__error" role="alert">
          {failure}
        </p>
      )}
      <button
        type="submit"
        class="button button--primary"
        disabled={busy || actor.trim() === '' || reason.trim() === ''}
      >
        {t('approve.confirm')}
      </button>
    </form>
  );
}
