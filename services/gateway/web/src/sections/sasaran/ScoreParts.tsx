// Each answer of a family, what it contributed to the score, and what a correction would change.

import { useState } from 'preact/hooks';
import type { FamilyExplanation, Model, VariableExplanation } from '../../api/types';
import { formatNumber } from '../../format/numbers';
import { MESSAGES, wordFor, type Translate } from '../../messages';
import { SignedBar } from '../../parts/Bars';
import { Select, TextField, type Option } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { useLanguage, useT } from '../../store/hooks';
import { useParameters } from '../../store/queries';
import { correctionEffect } from './correction';

/** Answered with yes (1) or no (0); the others are codes or numbers. */
function isYesNo(variable: string): boolean {
  return variable.startsWith('aid_') || variable === 'head_works';
}

/** The word of a coded answer (`keramik`), or the number itself. */
export function answerWord(t: Translate, variable: string, value: number): string {
  if (isYesNo(variable)) return t(value === 0 ? 'answer.false' : 'answer.true');
  const key = `code.${variable}.${value}`;
  return key in MESSAGES.id ? wordFor(t, `code.${variable}`, String(value)) : String(value);
}

/** The coded answers of a variable; empty for numbers. */
export function answerOptions(t: Translate, variable: string): Option[] {
  if (isYesNo(variable))
    return ['1', '0'].map((value) => ({ value, label: answerWord(t, variable, Number(value)) }));
  const options: Option[] = [];
  for (let code = 1; `code.${variable}.${code}` in MESSAGES.id; code++) {
    options.push({ value: String(code), label: answerWord(t, variable, code) });
  }
  return options;
}

export function ScoreParts({ data }: { data: FamilyExplanation }) {
  const t = useT();
  const language = useLanguage();
  const [trying, setTrying] = useState('');
  const model = useParameters().data?.models.find(({ id }) => id === data.modelId);
  const used = data.variables
    .filter((part) => part.inModel)
    .sort((a, b) => Math.abs(Number(b.contributionMicro)) - Math.abs(Number(a.contributionMicro)));
  const others = data.variables.filter((part) => !part.inModel);
  const most = Math.max(...used.map((part) => Math.abs(Number(part.contributionMicro))), 1);
  const score = (micro: string | number) => formatNumber(Number(micro) / 1e6, 3, language);
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
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('family.starting')}</th>
              <td />
              <td class="number">{score(data.interceptMicro)}</td>
            </tr>
            {used.map((part) => (
              <PartRow
                key={part.variable}
                part={part}
                most={most}
                model={model}
                open={trying === part.variable}
                onTry={setTrying}
              />
            ))}
            {data.family.scoreMicro !== undefined && (
              <tr class="parts__total">
                <th scope="row">{t('family.total')}</th>
                <td />
                <td class="number strong">{score(data.family.scoreMicro)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {others.length > 0 && (
        <details class="others">
          <summary>{t('family.others', { n: others.length, count: others.length })}</summary>
          <dl class="answers">
            {others.map((part) => (
              <div key={part.variable}>
                <dt>{wordFor(t, 'variable', part.variable)}</dt>
                <dd>
                  {part.value === undefined ? (
                    <em>{t('answer.unknown')}</em>
                  ) : (
                    answerWord(t, part.variable, part.value)
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
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
        <th scope="row">
          {model ? (
            <button
              type="button"
              class="parts__try"
              aria-expanded={open}
              onClick={() => onTry(open ? '' : part.variable)}
            >
              {wordFor(t, 'variable', part.variable)} <span class="hidden">, {t('family.try')}</span>
            </button>
          ) : (
            wordFor(t, 'variable', part.variable)
          )}
        </th>
        <td>
          {part.value === undefined ? (
            <em>{t('answer.unknown')}</em>
          ) : (
            answerWord(t, part.variable, part.value)
          )}
        </td>
        <td class="number">
          <SignedBar size={micro} most={most} /> {micro > 0 ? '+' : ''}
          {formatNumber(micro / 1e6, 3, language)}
        </td>
      </tr>
      {open && model && (
        <tr>
          <td colSpan={3}>
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
