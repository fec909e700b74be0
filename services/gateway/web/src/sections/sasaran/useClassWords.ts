// A change of class in words: decile, poverty line, conditions of a programme.

import type { ClassChange } from '../../api/types';
import { wordFor } from '../../messages';
import { useLanguage, useT } from '../../store/hooks';
import { useProgrammes } from '../../store/queries';

const NEED_STATES: Record<string, string> = { open: 'true', none: 'false' };

export function useClassWords(): (change: ClassChange) => string {
  const t = useT();
  const language = useLanguage();
  const programmes = useProgrammes().data?.programmes ?? [];
  return ({ boundary, from, to }) => {
    if (boundary === 'decile' && /^\d+$/.test(from) && /^\d+$/.test(to))
      return t('trial.decile', { from, to });
    if (boundary.startsWith('need.')) {
      const id = boundary.slice(5);
      const found = programmes.find(({ programme }) => programme.id === id)?.programme;
      const programme = found ? (language === 'id' ? found.name : found.nameEn) : id;
      const state = (need: string) => wordFor(t, 'eligible', NEED_STATES[need] ?? 'unknown');
      return t('trial.need', { programme, from: state(from), to: state(to) });
    }
    return t('trial.class', { from: wordFor(t, 'class', from), to: wordFor(t, 'class', to) });
  };
}
