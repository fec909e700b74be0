// What a corrected answer would add to a family's score, by the published model.

import type { Model, VariableExplanation } from '../../api/types';

/** Contribution of a variable with a given value; the same sum as the server's. */
export function contribution(model: Model, variable: string, value: number): number {
  let sum = 0;
  for (const term of model.terms) {
    if (term.variable !== variable) continue;
    if (term.codes.length === 0) sum += Number(term.coefficientMicro) * value;
    else if (term.codes.includes(value)) sum += Number(term.coefficientMicro);
  }
  return sum;
}

/** Change of the score, in millionths, if the answer were `value` instead. */
export function correctionEffect(model: Model, explained: VariableExplanation, value: number): number {
  return contribution(model, explained.variable, value) - Number(explained.contributionMicro);
}
