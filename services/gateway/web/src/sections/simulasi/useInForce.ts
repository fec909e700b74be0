// What is in force now: what a what-if starts from and what its sentences compare with.

import { useUrl } from '../../store/hooks';
import { useParameters, useProgrammes } from '../../store/queries';
import type { InForce } from './changesForm';

/** Undefined while it is on the way. */
export function useInForce(): InForce | undefined {
  const { population } = useUrl();
  const parameters = useParameters().data;
  const programmes = useProgrammes().data;
  if (!parameters || !programmes) return undefined;
  return {
    population,
    decileBy: parameters.settings?.decileBy || 'families',
    modelId: parameters.settings?.modelId ?? '',
    ruleSet: parameters.ruleSets.find(({ kind }) => kind === 'rule_set')?.version ?? '',
    programmes: programmes.programmes
      .map(({ programme }) => programme)
      .filter((programme) => programme.population === population || programme.population === ''),
  };
}
