// How components reach the store; they name what they need and know nothing about the transport.

import { createContext, type RefObject } from 'preact';
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Translate } from '../messages';
import { tableOf, withTable, type Language, type TableState, type UrlState } from '../url/state';
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

/** One table as the address has it. Opening it is a step to go back from; the rest is not. */
export function useTable(name: string): [TableState, (change: Partial<TableState>) => void] {
  const store = useStore();
  const state = tableOf(useUrl(), name);
  return [
    state,
    (change) => store.go({ tables: withTable(store.url.peek(), name, change) }, change.open === undefined),
  ];
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
 * is asked for, so nothing moves under the pointer; a row that is gone stays as it was last. A list that `flows` takes the new order by
 * itself, for example while nobody points at it; of a long one only the first `most` are shown.
 */
export function useHeldOrder<T>(
  rows: T[],
  keyOf: (row: T) => string,
  scope: string,
  { flows = false, most = Infinity }: { flows?: boolean; most?: number } = {},
) {
  const [held, setHeld] = useState<{ scope: string; keys: string[] }>({ scope, keys: [] });
  const keys = useMemo(() => rows.slice(0, most).map(keyOf), [rows, most]);
  const fresh = flows || held.scope !== scope || held.keys.length === 0;
  const order = fresh ? keys : held.keys;
  const differs = useMemo(
    () => held.scope !== scope || held.keys.length !== keys.length || countMoves(held.keys, keys) > 0,
    [held, scope, keys],
  );
  useEffect(() => {
    if (fresh && differs && keys.length > 0) setHeld({ scope, keys });
  });
  const last = useRef(new Map<string, T>());
  const shown = useMemo(() => {
    const byKey = new Map(rows.map((row) => [keyOf(row), row]));
    const found = order.flatMap((key) => byKey.get(key) ?? last.current.get(key) ?? []);
    last.current = new Map(found.map((row) => [keyOf(row), row]));
    return found;
  }, [rows, keys, order]);
  const pending = useMemo(() => (fresh ? 0 : countMoves(order, keys)), [fresh, order, keys]);
  return { rows: shown, pending, load: () => setHeld({ scope, keys }) };
}

/** How many keys would change their place, appear or go. */
export function countMoves(shown: string[], current: string[]): number {
  const place = new Map(shown.map((key, index) => [key, index]));
  const now = new Set(current);
  let moves = shown.filter((key) => !now.has(key)).length;
  current.forEach((key, index) => {
    if (place.get(key) !== index) moves++;
  });
  return moves;
}

interface Watch {
  onPointerEnter: (event: PointerEvent) => void;
  onPointerLeave: () => void;
  onFocusIn: () => void;
  onFocusOut: () => void;
  onScrollCapture: (event: Event) => void;
}

/** Whether a person is at an element: points at it, has the focus in it, or has scrolled inside. */
export function useEngaged(): { engaged: boolean; watch: Watch } {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  return {
    engaged: pointed || focused || scrolled,
    watch: {
      onPointerEnter: (event) => setPointed(event.pointerType === 'mouse'),
      onPointerLeave: () => setPointed(false),
      onFocusIn: () => setFocused(true),
      onFocusOut: () => setFocused(false),
      onScrollCapture: (event) => setScrolled((event.target as HTMLElement).scrollTop > 0),
    },
  };
}

/** Width of an element in pixels; 0 before it is drawn. */
export function useWidth(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const node = element.current;
    if (!node) return undefined;
    setWidth(node.clientWidth);
    const observer = new ResizeObserver(() => setWidth(node.clientWidth));
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return width;
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
