// What a person changes in a what-if, and what the server is asked for it.

import type { Programme, WhatIfChanges, WhatIfChangesBody } from '../../api/types';

export interface ChangesForm {
  name: string;
  /** Per cent of the poverty lines in force: `110`, `97,5`. */
  linePercent: string;
  /** Model that ranks; empty for the one in force. */
  model: string;
  /** `families` or `persons`; empty as it is. */
  decileBy: string;
  ruleSet: string;
  /** Per cent of the weights of families in towns and in villages. */
  urbanPercent: string;
  ruralPercent: string;
  programme: string;
  /** Highest decile that the programme serves, 1 to 10; empty as it is. */
  decileMax: string;
}

export const UNCHANGED: ChangesForm = {
  name: '',
  linePercent: '100',
  model: '',
  decileBy: '',
  ruleSet: '',
  urbanPercent: '100',
  ruralPercent: '100',
  programme: '',
  decileMax: '',
};

/** `Garis naik 10%` as `garis-naik-10`: the letters that a name may have. */
export function nameOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

/** A percentage as decimal text; null when it is none or out of bounds. */
export function percentOf(text: string): string | null {
  const plain = text.trim().replace(',', '.');
  if (!/^\d{1,4}(\.\d{1,4})?$/.test(plain)) return null;
  const value = Number(plain);
  return value > 0 && value <= 1000 ? plain : null;
}

/** 103,5 per cent as the factor 1.035, in decimal text without rounding. */
export function factorOf(percent: string): string {
  const [whole = '0', part = ''] = percent.split('.');
  const digits = whole.padStart(3, '0') + part;
  const cut = digits.length - part.length - 2;
  const text = `${digits.slice(0, cut).replace(/^0+(?=\d)/, '')}.${digits.slice(cut)}`;
  return text.replace(/\.?0+$/, '');
}

export interface InForce {
  population: string;
  decileBy: string;
  modelId: string;
  ruleSet: string;
  programmes: Programme[];
}

/** The parts of a branch; only what differs from what is in force. */
export function changesOf(form: ChangesForm, now: InForce): WhatIfChangesBody {
  const changes: WhatIfChangesBody = {};
  const line = percentOf(form.linePercent);
  if (line !== null && Number(line) !== 100) changes.linePercent = line;
  const model = form.model || now.modelId;
  const decileBy = form.decileBy || now.decileBy;
  if (model !== now.modelId || decileBy !== now.decileBy)
    changes.settings = { population: now.population, modelId: model, decileBy, version: '', source: '' };
  if (form.ruleSet !== '' && form.ruleSet !== now.ruleSet) changes.ruleSet = form.ruleSet;
  const weights = (
    [
      [1, form.urbanPercent],
      [2, form.ruralPercent],
    ] as const
  ).flatMap(([urbanRural, text]) => {
    const percent = percentOf(text);
    return percent === null || Number(percent) === 100
      ? []
      : [{ region: '0', urbanRural, factor: factorOf(percent) }];
  });
  if (weights.length > 0) changes.weights = weights;
  const programme = now.programmes.find(({ id }) => id === form.programme);
  const decileMax = Number(form.decileMax);
  if (programme?.rule && form.decileMax !== '' && programme.rule.decileMax !== decileMax)
    changes.programmes = [{ programmeId: programme.id, rule: { ...programme.rule, decileMax } }];
  return changes;
}

export function isNothing(changes: WhatIfChangesBody): boolean {
  return Object.keys(changes).length === 0;
}

/** Whether the changes are of the kind that can become rules from here: lines, models, ranking. */
export function isAdoptable(changes: Pick<WhatIfChanges, 'programmes' | 'ruleSet' | 'weights'>): boolean {
  return changes.programmes.length === 0 && changes.ruleSet === '' && changes.weights.length === 0;
}
