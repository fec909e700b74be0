// Families of a rule, page by page as far as somebody scrolls. The list stays as it is while it is
// read; a newer one is offered, not forced.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { getJson, Problem, withQuery } from '../../api/client';
import type { Families, RankedFamily } from '../../api/types';

const PAGE_SIZE = 200;

export interface FamilyPages {
  families: RankedFamily[];
  total: number;
  publication: string;
  loading: boolean;
  problem: Problem | undefined;
  complete: boolean;
  more: () => void;
  reload: () => void;
}

interface Pages {
  families: RankedFamily[];
  next: string;
  total: number;
  publication: string;
}
const NONE: Pages = { families: [], next: '', total: 0, publication: '' };

export function useFamilyPages(region: string, programme: string, population: string): FamilyPages {
  const [pages, setPages] = useState<Pages>(NONE);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem | undefined>();
  const [turn, setTurn] = useState(0);
  const running = useRef<AbortController | null>(null);

  const read = useCallback(
    async (token: string, before: Pages) => {
      const abort = new AbortController();
      running.current?.abort();
      running.current = abort;
      setLoading(true);
      try {
        const path = withQuery('/v1/families', {
          region,
          programme,
          population,
          pageSize: PAGE_SIZE,
          pageToken: token,
        });
        const page = await getJson<Families>(path, abort.signal);
        if (abort.signal.aborted) return;
        setPages({
          families: [...before.families, ...page.families],
          next: page.nextPageToken,
          total: Number(page.total),
          publication: page.publication,
        });
        setProblem(undefined);
      } catch (cause) {
        if (abort.signal.aborted) return;
        setProblem(cause instanceof Problem ? cause : new Problem(0, { detail: String(cause) }));
      }
      running.current = null;
      setLoading(false);
    },
    [region, programme, population],
  );

  useEffect(() => {
    setPages(NONE);
    void read('', NONE);
    return () => running.current?.abort();
  }, [read, turn]);

  return {
    ...pages,
    loading,
    problem,
    complete: !loading && pages.next === '',
    more: () => {
      if (!running.current && pages.next !== '') void read(pages.next, pages);
    },
    reload: () => setTurn((now) => now + 1),
  };
}
