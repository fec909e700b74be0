// Where a family stands among all: its rank, its decile, and how far each boundary is.

import type { FamilyExplanation } from '../../api/types';
import { welfareAmount, welfareUnit } from '../../format/measures';
import { formatCount, formatMoney, formatNumber, toCount } from '../../format/numbers';
import { Facts, type Fact } from '../../parts/Facts';
import { Panel } from '../../parts/Panel';
import { usePopulation } from '../../store/figures';
import { useLanguage, useT } from '../../store/hooks';
import { distanceToLine, standingOf } from './standingModel';

const TENTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

export function Standing({ data }: { data: FamilyExplanation }) {
  const t = useT();
  const language = useLanguage();
  const standing = standingOf(data);
  const facts = useDistances(data);
  return (
    <Panel title={t('family.standing')} note={t('family.standingNote')} class="standing">
      {standing.placePercent === null ? (
        <p>{t('family.noRank')}</p>
      ) : (
        <div
          class="strip"
          role="img"
          aria-label={t('family.strip', {
            n: formatCount(standing.rank ?? 0, language),
            total: formatCount(standing.ranked, language),
            decile: data.family.decile,
          })}
        >
          <span class="strip__mark" style={{ left: `${standing.placePercent}%` }} />
          <span class="strip__tenths">
            {TENTHS.map((tenth) => (
              <span key={tenth} class={tenth < 4 ? 'strip__tenth strip__tenth--low' : 'strip__tenth'} />
            ))}
          </span>
          <span class="strip__ends">
            <span>{t('family.worstOff')}</span>
            <span>{t('family.bestOff')}</span>
          </span>
        </div>
      )}
      <Facts facts={facts} />
    </Panel>
  );
}

/** Rank, and what lies between the family and each boundary. */
function useDistances(data: FamilyExplanation): Fact[] {
  const t = useT();
  const language = useLanguage();
  const population = usePopulation();
  const standing = standingOf(data);
  const toLine = distanceToLine(data);
  const toDecile = toCount(data.family.familiesToBoundary);
  const facts: Fact[] = [];
  if (standing.rank !== null) {
    facts.push(
      {
        name: t('family.rank'),
        value: t('family.rankOf', {
          n: formatCount(standing.rank, language),
          total: formatCount(standing.ranked, language),
        }),
      },
      {
        name: t('family.betterOff'),
        value: `${formatNumber(standing.betterOffPercent ?? 0, 1, language)}%`,
      },
      {
        name: t('family.distance'),
        value: t('family.distanceOf', { n: formatCount(toDecile, language), count: toDecile }),
      },
    );
  }
  if (toLine !== null) {
    const amount = welfareAmount(String(Math.abs(toLine.amount)), population) ?? 0;
    facts.push({
      name: t('family.lineDistance'),
      value: t(toLine.amount < 0 ? 'family.underLineBy' : 'family.overLineBy', {
        money: formatMoney(amount, welfareUnit(population).currency, language),
        percent: formatNumber(Math.abs(toLine.percent), 0, language),
      }),
    });
  }
  return facts;
}
