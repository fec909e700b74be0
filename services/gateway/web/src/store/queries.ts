// The questions the page asks, each with the publications that concern it.

import { useRef } from 'preact/hooks';
import type * as Api from '../api/types';
import { withQuery } from '../api/client';
import { periodStart } from '../url/state';
import { useResource, useStore, useUrl } from './hooks';
import type { ResourceState } from './resources';

const SLOW_MS = 3000;
const NO_MEASURES: Api.Measure[] = [];

export function isWithin(code: string, region: string): boolean {
  return region === '0' || region === '' || code === region || code.startsWith(`${region}.`);
}

function parentOf(code: string): string {
  const dot = code.lastIndexOf('.');
  return dot < 0 ? '0' : code.slice(0, dot);
}

/** Interest of something that shows live figures; nothing moves while the page is held. */
function useFigureInterest(region: (code: string) => boolean, minIntervalMs?: number) {
  const { heldAt } = useUrl();
  if (heldAt) return {};
  return minIntervalMs === undefined ? { region } : { region, minIntervalMs };
}

/** The catalogue of measures; empty while it is on the way. */
export function useMeasures(): Api.Measure[] {
  return useResource<Api.Measures>('/v1/measures').data?.measures ?? NO_MEASURES;
}

export function usePopulations(): ResourceState<Api.Populations> {
  return useResource('/v1/populations', { lists: ['ingests'], minIntervalMs: SLOW_MS });
}

export function useRegions(parent: string | null): ResourceState<Api.Regions> {
  const { population } = useUrl();
  return useResource(
    parent === null ? null : withQuery('/v1/regions', { population, parent, pageSize: 200 }),
  );
}

export function useRegionSearch(text: string, parent: string): ResourceState<Api.Regions> {
  const { population } = useUrl();
  return useResource(text.length < 2 ? null : withQuery('/v1/regions', { population, parent, q: text }));
}

export function useFigures(region: string): ResourceState<Api.RegionFigures> {
  const { population, heldAt } = useUrl();
  const interest = useFigureInterest((code) => code === region);
  const path = withQuery(`/v1/figures/${region}`, { population, publication: heldAt });
  return useResource(region === '' ? null : path, interest);
}

/** Figures of a region's children; `publication` overrides the moment the page shows. */
export function useChildFigures(
  region: string,
  measures: readonly string[],
  publication?: string,
): ResourceState<Api.ChildFigures> {
  const { population, heldAt } = useUrl();
  const live = useFigureInterest((code) => code !== region && parentOf(code) === region, 500);
  const path = withQuery(`/v1/figures/${region}/children`, {
    population,
    measures: measures.join(','),
    publication: publication ?? heldAt,
  });
  return useResource(region === '' || publication === '' ? null : path, publication ? {} : live);
}

/** Rounds a moment down, so that an open page does not ask for a new period every second. */
function steady(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs;
}

export function useTrend(region: string, measure: string, endMs: number): ResourceState<Api.Trend> {
  const { population, period, heldAt } = useUrl();
  const store = useStore();
  const end = heldAt ? endMs : steady(store.nowMs.peek(), 600_000);
  const from = periodStart(period, end);
  const path = withQuery(`/v1/trends/${region}/${measure}`, {
    population,
    fromMs: from || undefined,
    toMs: heldAt && endMs ? endMs : undefined,
    maxPoints: 120,
  });
  const interest = useFigureInterest((code) => code === region, SLOW_MS);
  const state = useResource<Api.Trend>(region === '' || (heldAt && !endMs) ? null : path, interest);
  // The window moves every ten minutes; the course on screen stays until the next one is here.
  return useKept(state, `${population}/${region}/${measure}/${period}/${heldAt}`);
}

/** The last answer about a subject stands in until the next one is here. */
function useKept<T>(state: ResourceState<T>, subject: string): ResourceState<T> {
  const kept = useRef({ subject: '', data: undefined as T | undefined });
  if (state.data) kept.current = { subject, data: state.data };
  return state.data || kept.current.subject !== subject ? state : { ...state, data: kept.current.data };
}

export function usePriorities(region: string): ResourceState<Api.Priorities> {
  const { population } = useUrl();
  const interest = { region: (code: string) => isWithin(code, region), minIntervalMs: 1000 };
  return useResource(withQuery(`/v1/priorities/${region}`, { population }), interest);
}

export function useFamily(familyId: string): ResourceState<Api.FamilyExplanation> {
  const { population } = useUrl();
  const path = withQuery(`/v1/families/${familyId}`, { population });
  return useResource(familyId === '' ? null : path, { region: () => true, minIntervalMs: 2000 });
}

export function useParameters(): ResourceState<Api.Parameters> {
  const { population } = useUrl();
  return useResource(withQuery('/v1/parameters', { population }), { lists: ['parameters'] });
}

/** Programmes with the counts and money of an area and below; of all when none is named. */
export function useProgrammes(region = ''): ResourceState<Api.Programmes> {
  return useResource(withQuery('/v1/programmes', { region: region === '0' ? '' : region }), {
    programme: () => true,
    lists: ['plans', 'parameters'],
    minIntervalMs: 1000,
  });
}

export function useProposal(programme: string, region: string): ResourceState<Api.Proposal> {
  const path = withQuery(`/v1/programmes/${programme}/proposal`, { region: region === '0' ? '' : region });
  return useResource(programme === '' ? null : path, {
    programme: (id) => id === programme,
    minIntervalMs: 1000,
  });
}

export function usePlans(programme: string): ResourceState<Api.Plans> {
  return useResource(withQuery('/v1/plans', { programme }), {
    programme: (id) => id === programme,
    lists: ['plans'],
    minIntervalMs: 1000,
  });
}

export function usePlan(planId: string): ResourceState<Api.Plan> {
  return useResource(planId === '' ? null : `/v1/plans/${encodeURIComponent(planId)}`, { lists: ['plans'] });
}

export function useOutcomes(planId: string): ResourceState<Api.Outcomes> {
  const path = `/v1/plans/${encodeURIComponent(planId)}/outcomes`;
  return useResource(planId === '' ? null : path, { lists: ['plans', 'changes'], minIntervalMs: 1000 });
}

export function useAlerts(state: string, region: string): ResourceState<Api.Alerts> {
  const path = withQuery('/v1/alerts', { state, region: region === '0' ? '' : region });
  return useResource(path, { lists: ['alerts'], minIntervalMs: 500 });
}

export function useTargets(region: string): ResourceState<Api.Targets> {
  const path = withQuery('/v1/targets', { region: region === '0' ? '' : region });
  return useResource(path, { lists: ['targets'], minIntervalMs: 500 });
}

export function useFreshness(region: string): ResourceState<Api.Freshness> {
  const { population } = useUrl();
  const path = withQuery(`/v1/freshness/${region}`, { population });
  return useResource(path, { region: (code) => isWithin(code, region), minIntervalMs: SLOW_MS });
}

export function useChanges(region: string): ResourceState<Api.Changes> {
  const { population } = useUrl();
  const path = withQuery(`/v1/changes/${region}`, { population, pageSize: 300 });
  return useResource(path, {
    lists: ['changes'],
    region: (code) => isWithin(code, region),
    minIntervalMs: 2000,
  });
}

export function useArrivals(): ResourceState<Api.Arrivals> {
  return useResource(withQuery('/v1/arrivals', { pageSize: 200 }), {
    lists: ['ingests'],
    minIntervalMs: 1000,
  });
}

export function useQuarantine(
  region: string,
  reason: string,
  pageSize: number,
): ResourceState<Api.Quarantine> {
  const path = withQuery('/v1/quarantine', { region: region === '0' ? '' : region, reason, pageSize });
  const state = useResource<Api.Quarantine>(path, { lists: ['ingests', 'quarantine'], minIntervalMs: 1000 });
  return useKept(state, `${region}/${reason}`);
}

export function useQuarantined(submissionId: string): ResourceState<Api.Quarantined> {
  return useResource(submissionId === '' ? null : `/v1/quarantine/${encodeURIComponent(submissionId)}`);
}

export function useCodebooks(): ResourceState<Api.Codebooks> {
  return useResource('/v1/codebooks', { lists: ['parameters', 'ingests'], minIntervalMs: SLOW_MS });
}

export function useBoundaries(parent: string): ResourceState<Api.FeatureCollection> {
  return useResource(parent === '' ? null : `/v1/boundaries/${parent}`);
}
