// Answers as somebody would have them, for a trial that writes nothing.

import type { AnswerCorrection } from '../../api/types';

/** Empty text: the answer would not be known. */
export interface Correction {
  variable: string;
  text: string;
}

/** Corrections as they are asked; those half typed or out of bounds are left out. */
export function asked(corrections: Correction[]): AnswerCorrection[] {
  return corrections.flatMap(({ variable, text }) => {
    if (text.trim() === '') return [{ variable }];
    return /^\d{1,9}$/.test(text.trim()) ? [{ variable, value: Number(text) }] : [];
  });
}
