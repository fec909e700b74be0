import { useEffect, useMemo, useState } from 'preact/hooks';
import { getJson, withQuery } from '../../api/client';
import type { Families } from '../../api/types';
import { FamilyPages, PAGE_SIZE } from './familyPages';

export function familiesPath(
  region: string,
  programme: string,
  population: string,
  firstRank: number,
  pageSize: number,
): string {
  return withQuery('/v1/families', { region, programme, population, pageSize, firstRank });
}

/** The families of a rule; the list stays as it is while it is read, until it is read anew. */
export function useFamilyPages(region: string, programme: string, population: string) {
  const [turn, setTurn] = useState(0);
  const pages = useMemo(
    () =>
      new FamilyPages((firstRank, signal) =>
        getJson<Families>(familiesPath(region, programme, population, firstRank, PAGE_SIZE), signal),
      ),
    [region, programme, population, turn],
  );
  useEffect(() => () => pages.close(), [pages]);
  return { pages, reload: () => setTurn((now) => now + 1) };
}
