// The answer to "what would these corrections change?", asked again when they or the figures change.

import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../api/client';
import type { FamilyTrial } from '../../api/types';
import { useStore, useUrl } from '../../store/hooks';
import { tryFamily } from '../../store/whatif';
import { asked, type Correction } from './correction';

/** Typing is over when nothing came for this long. */
const SETTLE_MS = 150;

export interface Trial {
  result: FamilyTrial | undefined;
  problem: Problem | undefined;
}

export function useTrial(familyId: string, version: string, corrections: Correction[]): Trial {
  const store = useStore();
  const { population } = useUrl();
  const [trial, setTrial] = useState<Trial>({ result: undefined, problem: undefined });
  const newest = useRef(0);
  const key = JSON.stringify(asked(corrections));
  useEffect(() => {
    const turn = ++newest.current;
    const timer = setTimeout(async () => {
      try {
        const result = await tryFamily(familyId, population, asked(corrections));
        if (turn === newest.current) setTrial({ result, problem: undefined });
      } catch (cause) {
        const problem = cause instanceof Problem ? cause : new Problem(0, {});
        if (turn === newest.current) setTrial((last) => ({ ...last, problem }));
      }
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [store, familyId, population, version, key]);
  return trial;
}
