// What a what-if is, and the decision about it: make it the rule, or discard it.

import { useState } from 'preact/hooks';
import type { WhatIf } from '../../api/types';
import { Problem } from '../../api/client';
import { formatMoment } from '../../format/dates';
import { formatNumber } from '../../format/numbers';
import { Dialog, RegionName, TextField } from '../../parts/Controls';
import { problemWords } from '../../parts/States';
import { useLanguage, useStore, useT } from '../../store/hooks';
import { adoptWhatIf, concernsWhatIf, discardWhatIf, isWhatIfList } from '../../store/whatif';
import { useActor } from '../useActor';
import { isAdoptable } from './changesForm';
import { BranchState } from './BranchList';
import { useChangeWords } from './useChangeWords';

export function BranchHead({ branch }: { branch: WhatIf }) {
  const t = useT();
  const language = useLanguage();
  const words = useChangeWords();
  const [deciding, setDeciding] = useState<'' | 'adopt' | 'discard'>('');
  const open = branch.state !== 'adopted';
  const adoptable = !branch.changes || isAdoptable(branch.changes);
  return (
    <section class="panel branch" aria-label={branch.name}>
      <div class="branch__title">
        <h2>{branch.name}</h2>
        <BranchState branch={branch} />
        <div class="row no-print">
          {open && (
            <button
              type="button"
              class="button button--primary"
              disabled={!branch.baseStands || !adoptable}
              onClick={() => setDeciding('adopt')}
            >
              {t('whatif.adopt')}
            </button>
          )}
          <button type="button" class="button" onClick={() => setDeciding('discard')}>
            {t('whatif.discard')}
          </button>
        </div>
      </div>
      <ul class="branch__changes">
        {words(branch.changes).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p class="panel__note">
        <RegionName code={branch.region} /> ·{' '}
        {t('whatif.against', { time: formatMoment(Number(branch.cutAtMs), true) })} ·{' '}
        {t('whatif.by', { actor: branch.actor, time: formatMoment(Number(branch.createdAtMs)) })} ·{' '}
        {Number(branch.computedInMs) < 1000
          ? t('whatif.tookMs', { n: branch.computedInMs })
          : t('whatif.took', { n: formatNumber(Number(branch.computedInMs) / 1000, 1, language) })}
        {branch.reason !== '' && <> · {branch.reason}</>}
      </p>
      {open && !branch.baseStands && (
        <p class="screenhead__warn" role="note">
          {t('whatif.overtaken')}
        </p>
      )}
      {open && branch.baseStands && !adoptable && <p class="panel__note">{t('whatif.onlyTried')}</p>}
      {branch.state === 'adopted' && <p>{t('whatif.adoptedAs', { version: branch.adoptedVersion })}</p>}
      <Dialog
        title={t(deciding === 'discard' ? 'whatif.discardTitle' : 'whatif.adoptTitle')}
        open={deciding !== ''}
        onClose={() => setDeciding('')}
      >
        <Decision branch={branch} adopt={deciding === 'adopt'} onDone={() => setDeciding('')} />
      </Dialog>
    </section>
  );
}

function Decision({ branch, adopt, onDone }: { branch: WhatIf; adopt: boolean; onDone: () => void }) {
  const t = useT();
  const store = useStore();
  const [actor, setActor] = useActor();
  const [reason, setReason] = useState('');
  const [version, setVersion] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  const ready = actor.trim() !== '' && (!adopt || (reason.trim() !== '' && version.trim() !== ''));
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      if (adopt) {
        await adoptWhatIf(branch.name, version.trim(), actor, reason);
        store.notify('done', t('whatif.adopted', { name: branch.name }));
        store.resources.refresh(concernsWhatIf(branch.name));
      } else {
        await discardWhatIf(branch.name, actor, reason);
        store.notify('done', t('whatif.discarded', { name: branch.name }));
        store.go({ branch: '' });
        // What is discarded is not asked for again.
        store.resources.refresh(isWhatIfList);
      }
      onDone();
    } catch (cause) {
      setFailure(cause instanceof Problem ? problemWords(cause, t) : String(cause));
      setBusy(false);
    }
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <p>{t(adopt ? 'whatif.adoptWhat' : 'whatif.discardWhat', { name: branch.name })}</p>
      <TextField label={t('form.actor')} value={actor} onInput={setActor} required />
      <TextField
        label={t('form.reason')}
        value={reason}
        onInput={setReason}
        lines={3}
        required={adopt}
        hint={t('form.reasonHint')}
      />
      {adopt && (
        <TextField
          label={t('whatif.version')}
          value={version}
          onInput={setVersion}
          required
          hint={t('whatif.versionHint')}
        />
      )}
      {failure && (
        <p class="field__error" role="alert">
          {failure}
        </p>
      )}
      <button type="submit" class="button button--primary" disabled={busy || !ready}>
        {t(adopt ? 'whatif.adopt' : 'whatif.discard')}
      </button>
    </form>
  );
}
