// What-ifs: the register under other lines, models, weights, rules or cut-offs, beside the live one.

import type {
  AnswerCorrection,
  FamilyTrial,
  WhatIfAnswer,
  WhatIfBody,
  WhatIfResult,
  WhatIfs,
} from '../api/types';
import { newIdempotencyKey, postJson, withQuery } from '../api/client';
import { useResource, useUrl } from './hooks';
import type { ResourceState } from './resources';

/** Measures that the areas of a comparison carry. */
export const INNER_MEASURES = ['p0', 'p1', 'poor_persons', 'mean_welfare'] as const;

const LIST = '/v1/whatifs';

function pathOf(name: string): string {
  return `${LIST}/${encodeURIComponent(name)}`;
}

export function useWhatIfs(): ResourceState<WhatIfs> {
  const { population } = useUrl();
  return useResource(withQuery(LIST, { population }), { lists: ['parameters'], minIntervalMs: 1000 });
}

/** A branch compared with the register it started from, in one area. */
export function useWhatIf(name: string, region: string): ResourceState<WhatIfResult> {
  const path = withQuery(pathOf(name), { region, innerMeasures: INNER_MEASURES.join(',') });
  return useResource(name === '' ? null : path, { lists: ['parameters'], minIntervalMs: 1000 });
}

/** Derives the register under the changes; the live figures stay as they are. */
export function createWhatIf(request: WhatIfBody): Promise<WhatIfAnswer> {
  return postJson(LIST, request, newIdempotencyKey());
}

export function discardWhatIf(name: string, actor: string, reason: string): Promise<unknown> {
  return postJson(`${pathOf(name)}/discard`, { actor, reason }, newIdempotencyKey());
}

/** Makes the changes the rules of the live figures. */
export function adoptWhatIf(
  name: string,
  version: string,
  actor: string,
  reason: string,
): Promise<WhatIfAnswer> {
  return postJson(`${pathOf(name)}/adopt`, { version, actor, reason }, newIdempotencyKey());
}

/** The list of what-ifs. */
export function isWhatIfList(path: string): boolean {
  return path.split('?')[0] === LIST;
}

/** The list, and this what-if in every area. */
export function concernsWhatIf(name: string): (path: string) => boolean {
  return (path) => isWhatIfList(path) || path.split('?')[0] === pathOf(name);
}

/** What corrected answers of one family would change; writes nothing. */
export function tryFamily(
  familyId: string,
  population: string,
  corrections: AnswerCorrection[],
): Promise<FamilyTrial> {
  const path = withQuery(`/v1/families/${encodeURIComponent(familyId)}/try`, { population });
  return postJson(path, { corrections, singleAnswers: true }, newIdempotencyKey());
}
