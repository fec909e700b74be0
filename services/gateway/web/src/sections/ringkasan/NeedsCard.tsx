import { formatCount, toCount } from '../../format/numbers';
import { Go, NowMark } from '../../parts/Controls';
import { Glow } from '../../parts/Glow';
import { Skeleton } from '../../parts/States';
import { useLanguage, useT } from '../../store/hooks';
import { useProgrammes } from '../../store/queries';

/** Needs that a programme of the region could answer; one family may have several. */
export function NeedsCard() {
  const t = useT();
  const language = useLanguage();
  const programmes = useProgrammes();
  if (!programmes.data)
    return <article class="card">{programmes.problem ? t('figure.noData') : <Skeleton />}</article>;
  const list = programmes.data.programmes;
  const open = list.reduce((sum, summary) => sum + toCount(summary.eligibleFamilies), 0);
  const unknown = list.reduce((sum, summary) => sum + toCount(summary.unknownFamilies), 0);
  const largest = [...list].sort((a, b) => toCount(b.eligibleFamilies) - toCount(a.eligibleFamilies))[0];
  return (
    <article class="card">
      <h3 class="card__title">
        <Go to={{ section: 'anggaran' }}>{t('needs.title')}</Go> <NowMark />
      </h3>
      <div class="card__figure">
        <Glow text={formatCount(open, language)} class="card__value" />
      </div>
      {largest && (
        <p class="change change--neutral">
          {t('needs.largest', {
            name: language === 'id' ? largest.programme.name : largest.programme.nameEn,
            n: formatCount(toCount(largest.eligibleFamilies), language),
          })}
        </p>
      )}
      <p class="card__data" title={t('needs.explain', { unknown: formatCount(unknown, language) })}>
        {t('needs.note', { n: list.length, count: list.length })}
      </p>
    </article>
  );
}
