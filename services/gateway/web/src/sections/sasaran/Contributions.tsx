// What each answer of a family adds to its score or takes from it, longest first.

import type { FamilyExplanation, VariableExplanation } from '../../api/types';
import { formatNumber } from '../../format/numbers';
import { wordFor } from '../../messages';
import { SignedBar } from '../../parts/Bars';
import { Panel } from '../../parts/Panel';
import { useLanguage, useT } from '../../store/hooks';
import { answerWord } from './answers';

interface ContributionsProps {
  data: FamilyExplanation;
  /** Takes an answer to the corrections beside. */
  onTry: (variable: string) => void;
}

export function Contributions({ data, onTry }: ContributionsProps) {
  const t = useT();
  const language = useLanguage();
  const used = data.variables
    .filter((part) => part.inModel)
    .sort((a, b) => Math.abs(Number(b.contributionMicro)) - Math.abs(Number(a.contributionMicro)));
  const moving = used.filter((part) => Number(part.contributionMicro) !== 0);
  const still = used.filter((part) => Number(part.contributionMicro) === 0);
  const others = data.variables.filter((part) => !part.inModel);
  const most = Math.max(...moving.map((part) => Math.abs(Number(part.contributionMicro))), 1);
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
              <th scope="col" class="parts__axis">
                <span class="hidden">{t('family.bar')}</span>
                <span class="parts__way" aria-hidden="true">
                  <span>← {t('family.needier')}</span>
                  <span>{t('family.wealthier')} →</span>
                </span>
              </th>
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
            {moving.map((part) => {
              const micro = Number(part.contributionMicro);
              return (
                <tr key={part.variable}>
                  <th scope="row">
                    <TryButton part={part} onTry={onTry} />
                    <span class="sub">{answerWord(t, part.variable, part.value)}</span>
                  </th>
                  <td class="parts__bar">
                    <SignedBar size={micro} most={most} />
                  </td>
                  <td class="number">
                    {micro > 0 ? '+' : ''}
                    {score(micro)}
                  </td>
                </tr>
              );
            })}
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
      <Answers
        title={t('family.still', { n: still.length, count: still.length })}
        parts={still}
        onTry={onTry}
      />
      <Answers
        title={t('family.others', { n: others.length, count: others.length })}
        parts={others}
        onTry={onTry}
      />
    </Panel>
  );
}

function TryButton({ part, onTry }: { part: VariableExplanation; onTry: (variable: string) => void }) {
  const t = useT();
  return (
    <button type="button" class="parts__try" onClick={() => onTry(part.variable)}>
      {wordFor(t, 'variable', part.variable)} <span class="hidden">, {t('family.try')}</span>
    </button>
  );
}

function Answers(props: { title: string; parts: VariableExplanation[]; onTry: (variable: string) => void }) {
  const t = useT();
  if (props.parts.length === 0) return null;
  return (
    <details class="others">
      <summary>{props.title}</summary>
      <dl class="answers">
        {props.parts.map((part) => (
          <div key={part.variable}>
            <dt>
              <TryButton part={part} onTry={props.onTry} />
            </dt>
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
  );
}
