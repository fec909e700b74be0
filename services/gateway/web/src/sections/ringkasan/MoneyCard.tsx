import { formatRupiah, formatRupiahShort, toCount } from '../../format/numbers';
import { CeilingBar } from '../../parts/Bars';
import { Go, NowMark } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { Skeleton } from '../../parts/States';
import { useLanguage, useT } from '../../store/hooks';
import { useProgrammes } from '../../store/queries';

/** Money of all programmes: proposed, approved, delivered, under the sum of the ceilings. */
export function MoneyCard() {
  const t = useT();
  const language = useLanguage();
  const programmes = useProgrammes();
  if (!programmes.data)
    return <article class="card">{programmes.problem ? t('figure.noData') : <Skeleton />}</article>;
  const sum = { ceiling: 0, proposed: 0, approved: 0, delivered: 0 };
  for (const summary of programmes.data.programmes) {
    sum.ceiling += toCount(summary.programme.ceilingRupiah);
    sum.proposed += toCount(summary.proposedRupiah);
    sum.approved += toCount(summary.approvedRupiah);
    sum.delivered += toCount(summary.deliveredRupiah);
  }
  const short = (amount: number) => formatRupiahShort(amount, language);
  return (
    <article class="card">
      <h3 class="card__title">
        <Go to={{ section: 'anggaran' }}>{t('money.title')}</Go> <NowMark />
      </h3>
      <div class="card__figure">
        <Glow text={short(sum.proposed)} title={formatRupiah(sum.proposed, language)} class="card__value" />
      </div>
      <CeilingBar
        {...sum}
        label={t('money.bar', { proposed: short(sum.proposed), ceiling: short(sum.ceiling) })}
      />
      <p class="change change--neutral">
        {t('money.line', { approved: short(sum.approved), delivered: short(sum.delivered) })}
      </p>
      <p class="card__data">{t('money.note', { ceiling: short(sum.ceiling) })}</p>
    </article>
  );
}
