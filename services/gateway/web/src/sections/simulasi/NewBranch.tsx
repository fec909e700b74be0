// A new what-if: what shall be otherwise. The live figures stay as they are.

import { useState } from 'preact/hooks';
import { Problem } from '../../api/client';
import { Select, TextField } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { problemWords, Skeleton } from '../../parts/States';
import { useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useParameters } from '../../store/queries';
import { createWhatIf, isWhatIfList } from '../../store/whatif';
import { useActor } from '../useActor';
import { changesOf, isNothing, nameOf, percentOf, UNCHANGED, type ChangesForm } from './changesForm';
import { useInForce } from './useInForce';

const DECILES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];

export function NewBranch() {
  const t = useT();
  const store = useStore();
  const { region, population } = useUrl();
  const now = useInForce();
  const [form, setForm] = useState<ChangesForm>(UNCHANGED);
  const [actor, setActor] = useActor();
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  if (!now)
    return (
      <div class="panel">
        <Skeleton height={420} />
      </div>
    );
  const set = (field: keyof ChangesForm) => (value: string) => setForm({ ...form, [field]: value });
  const changes = changesOf(form, now);
  const name = nameOf(form.name);
  const wrong = [form.linePercent, form.urbanPercent, form.ruralPercent].some((text) => !percentOf(text));
  const ready = name !== '' && actor.trim() !== '' && !isNothing(changes) && !wrong;
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      const { branch } = await createWhatIf({ name, population, region, changes, actor, reason });
      store.resources.refresh(isWhatIfList);
      store.go({ branch: branch.name });
    } catch (cause) {
      setFailure(cause instanceof Problem ? problemWords(cause, t) : String(cause));
      setBusy(false);
    }
  };
  return (
    <Panel title={t('whatif.new')} note={t('whatif.newNote')} class="no-print">
      <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
        <ChangeFields form={form} set={set} />
        <fieldset class="choices">
          <legend>{t('whatif.keep')}</legend>
          <TextField
            label={t('whatif.name')}
            value={form.name}
            onInput={set('name')}
            hint={name !== '' && name !== form.name ? t('whatif.nameAs', { name }) : t('whatif.nameHint')}
          />
          <TextField label={t('form.actor')} value={actor} onInput={setActor} />
          <TextField label={t('form.reason')} value={reason} onInput={setReason} />
        </fieldset>
        {failure && (
          <p class="field__error" role="alert">
            {failure}
          </p>
        )}
        <div>
          <button type="submit" class="button button--primary" disabled={busy || !ready}>
            {busy ? t('whatif.computing') : t('whatif.compute')}
          </button>
          <p class="field__hint" role="status">
            {isNothing(changes) ? t('whatif.nothing') : name === '' ? t('whatif.needsName') : ''}
          </p>
        </div>
      </form>
    </Panel>
  );
}

interface FieldsProps {
  form: ChangesForm;
  set: (field: keyof ChangesForm) => (value: string) => void;
}

function ChangeFields({ form, set }: FieldsProps) {
  const t = useT();
  const language = useLanguage();
  const now = useInForce();
  const parameters = useParameters().data;
  if (!now || !parameters) return null;
  const asNow = { value: '', label: t('whatif.asNow') };
  const percent = (label: string, field: 'linePercent' | 'urbanPercent' | 'ruralPercent') => (
    <TextField
      label={label}
      value={form[field]}
      onInput={set(field)}
      error={percentOf(form[field]) === null ? t('whatif.notPercent') : ''}
    />
  );
  return (
    <>
      <fieldset class="choices">
        <legend>{t('whatif.figures')}</legend>
        {percent(t('whatif.line'), 'linePercent')}
        {percent(t('whatif.urban'), 'urbanPercent')}
        {percent(t('whatif.rural'), 'ruralPercent')}
      </fieldset>
      <fieldset class="choices">
        <legend>{t('whatif.order')}</legend>
        <Select
          label={t('whatif.model')}
          value={form.model}
          options={[
            asNow,
            ...parameters.models
              .filter(({ id }) => id !== now.modelId)
              .map(({ id, name }) => ({ value: id, label: name || id })),
          ]}
          onChange={set('model')}
        />
        <Select
          label={t('whatif.decileBy')}
          value={form.decileBy}
          options={[
            asNow,
            { value: 'families', label: t('whatif.byFamilies') },
            { value: 'persons', label: t('whatif.byPersons') },
          ]}
          onChange={set('decileBy')}
        />
      </fieldset>
      <fieldset class="choices">
        <legend>{t('whatif.rules')}</legend>
        <Select
          label={t('whatif.ruleSet')}
          value={form.ruleSet}
          options={[
            asNow,
            ...parameters.ruleSets
              .filter(({ version }) => version !== now.ruleSet)
              .map(({ id, version }) => ({ value: version, label: id || version })),
          ]}
          onChange={set('ruleSet')}
        />
        <Select
          label={t('whatif.programme')}
          value={form.programme}
          options={[
            { value: '', label: t('whatif.noProgramme') },
            ...now.programmes.map((programme) => ({
              value: programme.id,
              label: language === 'id' ? programme.name : programme.nameEn,
            })),
          ]}
          onChange={set('programme')}
        />
        {form.programme !== '' && (
          <Select
            label={t('whatif.decileMax')}
            value={form.decileMax}
            options={[
              asNow,
              ...DECILES.map((decile) => ({ value: decile, label: t('whatif.upTo', { n: decile }) })),
              { value: '0', label: t('whatif.anyDecile') },
            ]}
            onChange={set('decileMax')}
          />
        )}
      </fieldset>
    </>
  );
}
