// How components reach the store; they name what they need and know nothing about the transport.

import { createContext } from 'preact';
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Translate } from '../messages';
import type { Language, UrlState } from '../url/state';
import type { AppStore } from './app';
import { NEVER, type Interest, type ResourceState } from './resources';

export const StoreContext = createContext<AppStore | null>(null);

export function useStore(): AppStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('no store around this component');
  return store;
}

export function useT(): Translate {
  return useStore().t.value;
}

export function useUrl(): UrlState {
  return useStore().url.value;
}

export function useLanguage(): Language {
  return useStore().url.value.language;
}

const NOTHING: ResourceState<never> = {
  data: undefined,
  problem: undefined,
  loading: false,
  receivedAtMs: 0,
};

/** The current answer of a path, kept up to date while the component is on screen. */
export function useResource<T>(path: string | null, interest: Interest = NEVER): ResourceState<T> {
  const store = useStore();
  const population = useUrl().population;
  const latest = useRef(interest);
  latest.current = interest;
  useLayoutEffect(() => {
    if (path === null) return undefined;
    return store.resources.use(path, latest.current, population);
  }, [store, path, population]);
  return path === null ? NOTHING : store.resources.state<T>(path).value;
}

/**
 * Rows in the order the person is looking at. Values change in place; a new order waits until it
 * is asked for, so nothing moves under the pointer.
 */
export function useHeldOrder<T>(rows: T[], keyOf: (row: T) => string, scope: string) {
  const [held, setHeld] = useState<{ scope: string; keys: string[] }>({ scope, keys: [] });
  const keys = rows.map(keyOf);
  const fresh = held.scope !== scope || held.keys.length === 0;
  const order = fresh ? keys : held.keys;
  useEffect(() => {
    if (fresh && keys.length > 0) setHeld({ scope, keys });
  });
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const shown = order.flatMap((key) => byKey.get(key) ?? []);
  const pending = fresh ? 0 : countMoves(order, keys);
  return { rows: shown, pending, load: () => setHeld({ scope, keys }) };
}

/** How many keys would change their place, appear or go. */
export function countMoves(shown: string[], current: string[]): number {
  const place = new Map(shown.map((key, index) => [key, index]));
  let moves = shown.filter((key) => !current.includes(key)).length;
  current.forEach((key, index) => {
    if (place.get(key) !== index) moves++;
  });
  return moves;
}

export function useMedia(query: string): boolean {
  const list = useMemo(() => matchMedia(query), [query]);
  const [matches, setMatches] = useState(list.matches);
  useEffect(() => {
    const update = () => setMatches(list.matches);
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, [list]);
  return matches;
}
