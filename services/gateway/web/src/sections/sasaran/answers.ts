// Answers of a family in words.

import { MESSAGES, wordFor, type Translate } from '../../messages';
import type { Option } from '../../parts/Controls';

/** Answered with yes (1) or no (0); the others are codes or numbers. */
function isYesNo(variable: string): boolean {
  return variable.startsWith('aid_') || variable === 'head_works';
}

/** The word of a coded answer (`keramik`), or the number itself; unknown where there is none. */
export function answerWord(t: Translate, variable: string, value: number | undefined): string {
  if (value === undefined) return t('answer.unknown');
  if (isYesNo(variable)) return t(value === 0 ? 'answer.false' : 'answer.true');
  const key = `code.${variable}.${value}`;
  return key in MESSAGES.id ? wordFor(t, `code.${variable}`, String(value)) : String(value);
}

/** The coded answers of a variable; empty for numbers. */
export function answerOptions(t: Translate, variable: string): Option[] {
  if (isYesNo(variable))
    return ['1', '0'].map((value) => ({ value, label: answerWord(t, variable, Number(value)) }));
  const options: Option[] = [];
  for (let code = 1; `code.${variable}.${code}` in MESSAGES.id; code++) {
    options.push({ value: String(code), label: answerWord(t, variable, code) });
  }
  return options;
}
