// Each answer of a family, what it contributed to the score, and what a correction would change.

import { useState } from 'preact/hooks';
import type { FamilyExplanation, Model, VariableExplanation } from '../../api/types';
import { formatNumber } from '../../format/numbers';
import { MESSAGES, wordFor } from '../../messages';
import { SignedBar } from '../../parts/Bars';
import { Select, TextField, type Option } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { useLanguage, useT } from '../../store/hooks';
import { useParameters } from '../../store/queries';
import { correctionEffect } from './correction';

/** The word of a coded answer (`keramik`), or the number itself. */
export function answerWord(t: ReturnType<typeof useT>, variable: string, value: number): string {
  const key = `code.${variable}.${value}`;
  return key in MESSAGES.id ? wordFor(t, `code.${variable}`, String(value)) : String(value);
}

/** The coded answers of a variable; empty for numbers. */
export function answerOptions(t: ReturnType<typeof useT>, variable: string): Option[] {
  const options: Option[] = [];
  for (let code = 1; `code.${variable}.${code}` in MESSAGES.id; code++) {
    options.push({ value: String(code), label: answerWord(t, variable, code) });
  }
  return options;
}

export function ScoreParts({ data }: { data: FamilyExplanation }) {
  const t = useT();
  const [trying, setTrying] = useState('');
  const model = useParameters().data?.models.find(({ id }) => id === data.modelId);
  const parts = [...data.variables].sort(
    (a, b) => Math.abs(Number(b.contributionMicro)) - Math.abs(Number(a.contributionMicro)),
  );
  const most = Math.max(...parts.map((part) => Math.abs(Number(part.contributionMicro))), 1);
  return (
    <Panel title={t('family.score')} note={t('family.scoreNote')}>
      <div
        class="table-wrap"
        tabIndex={0}
        role="region"
        aria-label={t('table.region', { name: t('family.score') })}
      >
        <table class="parts">
          <thead>
            <tr>
              <th scope="col">{t('column.variable')}</th>
              <th scope="col">{t('column.answer')}</th>
              <th scope="col" class="number">
                {t('column.contribution')}
              </th>
              <th scope="col">
                <span class="hidden">{t('family.try')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <PartRow
                key={part.variable}
                part={part}
                most={most}
                model={model}
                open={trying === part.variable}
                onTry={setTrying}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface PartRowProps {
  part: VariableExplanation;
  most: number;
  model: Model | undefined;
  open: boolean;
  onTry: (variable: string) => void;
}

function PartRow({ part, most, model, open, onTry }: PartRowProps) {
  const t = useT();
  const language = useLanguage();
  const micro = Number(part.contributionMicro);
  return (
    <>
      <tr>
        <th scope="row">{wordFor(t, 'variable', part.variable)}</th>
        <td>
          {part.value === undefined ? (
            <em>{t('answer.unknown')}</em>
          ) : (
            answerWord(t, part.variable, part.value)
          )}
        </td>
        <td class="number">
          {part.inModel ? (
            <>
              <SignedBar size={micro} most={most} /> {micro > 0 ? '+' : ''}
              {formatNumber(micro / 1e6, 3, language)}
            </>
          ) : (
            <span class="muted">{t('family.notInModel')}</span>
          )}
        </td>
        <td>
          {part.inModel && model && (
            <button
              type="button"
              class="button button--quiet"
              aria-expanded={open}
              onClick={() => onTry(open ? '' : part.variable)}
            >
              {t('family.try')}
            </button>
          )}
        </td>
      </tr>
      {open && model && (
        <tr>
          <td colSpan={4}>
            <TryCorrection part={part} model={model} />
          </td>
        </tr>
      )}
    </>
  );
}

function TryCorrection({ part, model }: { part: VariableExplanation; model: Model }) {
  const t = useT();
  const language = useLanguage();
  const [text, setText] = useState(part.value === undefined ? '1' : String(part.value));
  const options = answerOptions(t, part.variable);
  const label = t('family.tryLabel', { variable: wordFor(t, 'variable', part.variable) });
  const value = /^\d+$/.test(text) ? Number(text) : null;
  const effect = value === null ? null : correctionEffect(model, part, value);
  return (
    <div class="try">
      {options.length > 0 ? (
        <Select label={label} value={text} options={options} onChange={setText} />
      ) : (
        <TextField label={label} value={text} onInput={setText} type="number" />
      )}
      <p role="status">
        {value !== null &&
          effect !== null &&
          t(effect > 0 ? 'family.tryUp' : effect < 0 ? 'family.tryDown' : 'family.trySame', {
            answer: answerWord(t, part.variable, value),
            n: formatNumber(Math.abs(effect) / 1e6, 3, language),
          })}
      </p>
    </div>
  );
}
