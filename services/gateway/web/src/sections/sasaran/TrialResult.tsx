// Before and after corrected answers: score, decile, ranks, rules and programmes.

import type { FamilyStanding, FamilyTrial, SingleAnswer } from '../../api/types';
import { formatCount, formatNumber, toCount, toNumber } from '../../format/numbers';
import { wordFor } from '../../messages';
import { useAreaLabel, useMeasureName } from '../../store/areas';
import { useLanguage, useT } from '../../store/hooks';
import { answerWord } from './answers';
import { differing, ranksOf } from './standingModel';
import { useClassWords } from './useClassWords';

export function TrialResult({ trial }: { trial: FamilyTrial }) {
  const t = useT();
  const words = useClassWords();
  const nameOf = useMeasureName();
  const rules = differing(trial.before.rules, trial.after.rules, ({ rule }) => rule);
  return (
    <>
      <BeforeAfter before={trial.before} after={trial.after} />
      {trial.changes.length + rules.length === 0 ? (
        <p class="strong">{t('trial.nothing')}</p>
      ) : (
        <ul class="trial__changes">
          {trial.changes.map((change) => (
            <li key={change.boundary} class="strong">
              {words(change)}
            </li>
          ))}
          {rules.map(({ key, before, after }) => (
            <li key={key}>
              {t('trial.rule', {
                rule: nameOf(`deprived.${key}`),
                from: wordFor(t, 'answer', before),
                to: wordFor(t, 'answer', after),
              })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface Line {
  name: string;
  before: string;
  after: string;
}

function BeforeAfter({ before, after }: { before: FamilyStanding; after: FamilyStanding }) {
  const t = useT();
  const language = useLanguage();
  const areaLabel = useAreaLabel();
  const score = (micro: string | undefined) => {
    const value = toNumber(micro);
    return value === null ? t('answer.unknown') : formatNumber(value / 1e6, 3, language);
  };
  const decile = (n: number) => (n === 0 ? t('families.unranked') : String(n));
  const place = (rank: string | undefined) =>
    rank === undefined ? t('families.unranked') : formatCount(toCount(rank), language);
  const ranksAfter = new Map(after.ranks.map((rank) => [rank.region, rank]));
  const lines: Line[] = [
    { name: t('column.score'), before: score(before.scoreMicro), after: score(after.scoreMicro) },
    { name: t('column.decile'), before: decile(before.decile), after: decile(after.decile) },
    {
      name: t('family.percentile'),
      before: decile(before.percentile),
      after: decile(after.percentile),
    },
    ...ranksOf(before).map((rank) => ({
      name: t('trial.rank', { area: areaLabel(rank.region) }),
      before: place(rank.rank),
      after: place(ranksAfter.get(rank.region)?.rank),
    })),
  ];
  return (
    <table class="compared">
      <caption class="hidden">{t('correct.title')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden">{t('map.measure')}</span>
          </th>
          <th scope="col" class="number">
            {t('whatif.now')}
          </th>
          <th scope="col" class="number">
            {t('whatif.then')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.name}>
            <th scope="row">{line.name}</th>
            <td class="number">{line.before}</td>
            <td class={line.before === line.after ? 'number' : 'number strong'}>{line.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Single answers that would change a class by themselves: what to look at first on a visit. */
export function SingleAnswers(props: { answers: SingleAnswer[]; onTry: (answer: SingleAnswer) => void }) {
  const t = useT();
  const words = useClassWords();
  if (props.answers.length === 0) return <p class="panel__note">{t('trial.noSingle')}</p>;
  return (
    <details class="others">
      <summary>{t('trial.single', { n: props.answers.length, count: props.answers.length })}</summary>
      <ul class="trial__single">
        {props.answers.map((answer) => (
          <li key={`${answer.variable}/${answer.to}`}>
            <button type="button" class="parts__try" onClick={() => props.onTry(answer)}>
              {t('trial.answer', {
                variable: wordFor(t, 'variable', answer.variable),
                answer: answerWord(t, answer.variable, answer.to),
              })}
            </button>
            <span class="sub">{answer.changes.map(words).join('; ')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
