import { formatRupiah, formatRupiahShort } from '../format/numbers';
import { useLanguage } from '../store/hooks';
import { Glow } from './Glow';
import { Hint } from './Hint';

/** `Rp 1,2 M`, with the full amount on focus. */
export function RupiahHint({ amount }: { amount: number }) {
  const language = useLanguage();
  return (
    <Hint details={<strong>{formatRupiah(amount, language)}</strong>}>
      <Glow text={formatRupiahShort(amount, language)} />
    </Hint>
  );
}
