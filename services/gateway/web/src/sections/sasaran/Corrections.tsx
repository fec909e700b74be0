// What if the answers were corrected? Chosen answers are changed on this page only.

import { useEffect, useRef } from 'preact/hooks';
import type { FamilyExplanation, SingleAnswer } from '../../api/types';
import { wordFor } from '../../messages';
import { Select, TextField } from '../../parts/Controls';
import { Icon } from '../../parts/Icon';
import { Panel } from '../../parts/Panel';
import { problemWords } from '../../parts/States';
import { useT } from '../../store/hooks';
import { answerOptions, answerWord } from './answers';
import type { Correction } from './correction';
import { SingleAnswers, TrialResult } from './TrialResult';
import { useTrial } from './useTrial';

interface CorrectionsProps {
  data: FamilyExplanation;
  corrections: Correction[];
  onChange: (corrections: Correction[]) => void;
}

export function Corrections({ data, corrections, onChange }: CorrectionsProps) {
  const t = useT();
  const trial = useTrial(data.family.familyId, `${data.version}/${data.publication}`, corrections);
  const chosen = new Set(corrections.map(({ variable }) => variable));
  const free = data.variables.filter(({ variable }) => !chosen.has(variable));
  const take = ({ variable, to }: SingleAnswer) => onChange([...corrections, { variable, text: String(to) }]);
  const rows = useRef<HTMLDivElement>(null);
  const shown = useRef(corrections.length);
  // Whoever adds a correction wants to give its answer next.
  useEffect(() => {
    if (corrections.length > shown.current)
      rows.current?.lastElementChild?.querySelector<HTMLElement>('select, input')?.focus();
    shown.current = corrections.length;
  }, [corrections.length]);
  return (
    <Panel
      title={t('correct.title')}
      note={t('correct.note')}
      class={corrections.length === 0 ? 'corrections no-print' : 'corrections'}
    >
      <div ref={rows}>
        {corrections.map((correction) => (
          <CorrectionRow
            key={correction.variable}
            data={data}
            correction={correction}
            onChange={(text) =>
              onChange(
                corrections.map((one) => (one.variable === correction.variable ? { ...one, text } : one)),
              )
            }
            onRemove={() => onChange(corrections.filter((one) => one.variable !== correction.variable))}
          />
        ))}
      </div>
      <Select
        label={t('correct.add')}
        value=""
        options={[
          { value: '', label: t('correct.choose') },
          ...free.map(({ variable }) => ({ value: variable, label: wordFor(t, 'variable', variable) })),
        ]}
        onChange={(variable) => variable !== '' && onChange([...corrections, firstOf(data, variable)])}
      />
      <div role="status" class="corrections__result">
        {trial.problem && <p class="field__error">{problemWords(trial.problem, t)}</p>}
        {corrections.length > 0 && trial.result && <TrialResult trial={trial.result} />}
      </div>
      {corrections.length === 0 && trial.result && (
        <SingleAnswers answers={trial.result.singleAnswers} onTry={take} />
      )}
    </Panel>
  );
}

/** A correction that starts from the answer of the family. */
export function firstOf(data: FamilyExplanation, variable: string): Correction {
  const value = data.variables.find((part) => part.variable === variable)?.value;
  return { variable, text: value === undefined ? '' : String(value) };
}

function CorrectionRow(props: {
  data: FamilyExplanation;
  correction: Correction;
  onChange: (text: string) => void;
  onRemove: () => void;
}) {
  const t = useT();
  const { variable, text } = props.correction;
  const now = props.data.variables.find((part) => part.variable === variable)?.value;
  const name = wordFor(t, 'variable', variable);
  const options = answerOptions(t, variable);
  const label = t('family.tryLabel', { variable: name });
  return (
    <div class="corrections__row">
      {options.length > 0 ? (
        <Select
          label={label}
          value={text}
          options={text === '' ? [{ value: '', label: t('answer.unknown') }, ...options] : options}
          onChange={props.onChange}
        />
      ) : (
        <TextField label={label} value={text} onInput={props.onChange} type="number" />
      )}
      <button
        type="button"
        class="button button--icon"
        aria-label={t('correct.remove', { variable: name })}
        title={t('correct.remove', { variable: name })}
        onClick={props.onRemove}
      >
        <Icon name="close" size={16} />
      </button>
      <p class="field__hint">{t('correct.now', { answer: answerWord(t, variable, now) })}</p>
    </div>
  );
}
