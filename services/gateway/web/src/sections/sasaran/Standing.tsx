// Where a family stands among all: its rank in every area around it, and how far each boundary is.

import type { BoundaryDistance, FamilyStanding } from '../../api/types';
import { welfareAmount, welfareUnit } from '../../format/measures';
import { formatCount, formatMoney, formatNumber, toCount } from '../../format/numbers';
import { Facts, type Fact } from '../../parts/Facts';
import { Panel } from '../../parts/Panel';
import { useAreaLabel } from '../../store/areas';
import { usePopulation } from '../../store/figures';
import { useLanguage, useT } from '../../store/hooks';
import { betterOffPercent, distanceToLine, nearestDeciles, placePercent, ranksOf } from './standingModel';

const TENTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

export function Standing({ standing }: { standing: FamilyStanding }) {
  const t = useT();
  const place = placePercent(standing);
  return (
    <Panel title={t('family.standing')} note={t('family.standingNote')} class="standing">
      {place === null ? (
        <p>{t('family.noRank')}</p>
      ) : (
        <div
          class="strip"
          role="img"
          aria-label={t('family.strip', { decile: standing.decile, percentile: standing.percentile })}
        >
          <span class="strip__mark" style={{ left: `${place}%` }} />
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
      <div class="standing__parts">
        <Ranks standing={standing} />
        <Distances standing={standing} />
      </div>
    </Panel>
  );
}

function Ranks({ standing }: { standing: FamilyStanding }) {
  const t = useT();
  const language = useLanguage();
  const areaLabel = useAreaLabel();
  const ranks = ranksOf(standing);
  if (ranks.length === 0) return null;
  return (
    <table class="ranks">
      <caption class="hidden">{t('family.ranks')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('family.rankIn')}</th>
          <th scope="col" class="number">
            {t('family.rank')}
          </th>
          <th scope="col" class="number">
            {t('family.betterOff')}
          </th>
        </tr>
      </thead>
      <tbody>
        {ranks.map((rank) => (
          <tr key={rank.region}>
            <th scope="row">{areaLabel(rank.region)}</th>
            <td class="number">
              {t('family.rankOf', {
                n: formatCount(toCount(rank.rank), language),
                total: formatCount(toCount(rank.rankedFamilies), language),
              })}
            </td>
            <td class="number">{formatNumber(betterOffPercent(rank), 1, language)}%</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Distances({ standing }: { standing: FamilyStanding }) {
  const t = useT();
  const language = useLanguage();
  const population = usePopulation();
  const toLine = distanceToLine(standing);
  const decileFact = ({ boundary, families }: BoundaryDistance): Fact => {
    const decile = Number(boundary.slice('decile.'.length));
    return {
      name: t('family.boundary', { from: decile, to: decile + 1 }),
      value: t('family.distanceOf', {
        n: formatCount(toCount(families), language),
        count: toCount(families),
      }),
    };
  };
  const facts = nearestDeciles(standing).map(decileFact);
  if (standing.percentile > 0)
    facts.unshift({ name: t('family.percentile'), value: String(standing.percentile) });
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
  const all = standing.boundaries.filter(({ families }) => families !== undefined);
  return (
    <div>
      <Facts facts={facts} />
      {all.length > 0 && (
        <details class="others">
          <summary>{t('family.allBoundaries')}</summary>
          <Facts facts={all.map(decileFact)} narrow />
        </details>
      )}
    </div>
  );
}
