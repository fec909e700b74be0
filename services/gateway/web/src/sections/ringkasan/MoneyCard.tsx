import { formatRupiah, formatRupiahShort } from '../../format/numbers';
import { CeilingBar } from '../../parts/Bars';
import { Go, NowMark } from '../../parts/Controls';
import { Facts } from '../../parts/Facts';
import { Glow } from '../../parts/Glow';
import { Hint } from '../../parts/Hint';
import { Sparkline } from '../../parts/Sparkline';
import { Skeleton } from '../../parts/States';
import { useLanguage, useT, useUrl } from '../../store/hooks';
import { usePlans, useProgrammes } from '../../store/queries';
import { approvedCourse, sumMoney } from './moneyModel';

/** Money of all programmes in the area: proposed, approved, delivered, under the ceilings. */
export function MoneyCard() {
  const t = useT();
  const language = useLanguage();
  const { region } = useUrl();
  const programmes = useProgrammes(region);
  const plans = usePlans('');
  if (!programmes.data)
    return <article class="card">{programmes.problem ? t('figure.noData') : <Skeleton />}</article>;
  const sum = sumMoney(programmes.data.programmes);
  const short = (amount: number) => formatRupiahShort(amount, language);
  const full = (amount: number) => formatRupiah(amount, language);
  const details = (
    <>
      <strong>{t('money.title')}</strong>
      <span>
        {t('money.note', { n: programmes.data.programmes.length, count: programmes.data.programmes.length })}
      </span>
      <Facts
        narrow
        facts={[
          { name: t('column.ceiling'), value: full(sum.ceiling) },
          { name: t('money.proposed'), value: full(sum.proposed) },
          { name: t('money.approved'), value: full(sum.approved) },
          { name: t('money.delivered'), value: full(sum.delivered) },
        ]}
      />
    </>
  );
  // Decisions are about whole programmes, so their course belongs to the whole regency.
  const course = region.split('.').length <= 2 ? approvedCourse(plans.data?.plans ?? []) : [];
  return (
    <article class="card">
      <h3 class="card__title">
        <Go to={{ section: 'anggaran' }}>{t('money.title')}</Go> <NowMark />
      </h3>
      <div class="card__figure">
        <Hint details={details}>
          <Glow text={short(sum.proposed)} class="card__value" />
        </Hint>
        <Sparkline values={course} />
      </div>
      <CeilingBar
        {...sum}
        label={t('money.bar', { proposed: short(sum.proposed), ceiling: short(sum.ceiling) })}
      />
      <p class="change change--neutral">
        {t('money.line', { approved: short(sum.approved), delivered: short(sum.delivered) })}
      </p>
    </article>
  );
}
