// What corrected answers would make of a family's score, by the published model.

import type { FamilyExplanation, Model } from '../../api/types';

/** An answer as somebody would have it; empty: not known. */
export interface Correction {
  variable: string;
  text: string;
}

type Term = Model['terms'][number];

/** The same rule as the server's; null where the term needs an answer that nobody knows. */
function contributionOf(term: Term, value: number | undefined): number | null {
  if (value === undefined) return term.unknownMicro === undefined ? null : Number(term.unknownMicro);
  const coefficient = Number(term.coefficientMicro);
  if (term.power === 2) return coefficient * value * value;
  if (term.codes.length === 0) return coefficient * value;
  return term.codes.includes(value) ? coefficient : 0;
}

/** What a variable with a given answer adds to the score, in millionths. */
export function contribution(model: Model, variable: string, value: number | undefined): number | null {
  let sum = 0;
  for (const term of model.terms) {
    if (term.variable !== variable) continue;
    const part = contributionOf(term, value);
    if (part === null) return null;
    sum += part;
  }
  return sum;
}

/** The score with these answers instead of the family's, in millionths; null where it has none. */
export function correctedScore(
  model: Model,
  data: FamilyExplanation,
  corrections: Correction[],
): number | null {
  const corrected = new Map(corrections.map(({ variable, text }) => [variable, text]));
  let score = Number(model.interceptMicro);
  for (const { variable, value } of data.variables) {
    const text = corrected.get(variable);
    const answer = text === undefined ? value : /^\d+$/.test(text) ? Number(text) : undefined;
    const part = contribution(model, variable, answer);
    if (part === null) return null;
    score += part;
  }
  return score;
}
