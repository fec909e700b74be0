// A list of families as a table to take along, read page by page.

import type { Families, RankedFamily } from '../../api/types';
import type { CellValue } from '../../parts/exports';

/** More rows than this make a workbook or a clipboard slow; a CSV file holds them all. */
export const WORKBOOK_LIMIT = 50_000;
const PAGE_SIZE = 500;

export type ReadPage = (firstRank: number, pageSize: number, signal: AbortSignal) => Promise<Families>;

/** All families of a list in order; `onProgress` hears the share that is here, 0 to 1. */
export async function collectFamilies(
  read: ReadPage,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<RankedFamily[]> {
  const families: RankedFamily[] = [];
  for (;;) {
    const page = await read(families.length + 1, PAGE_SIZE, signal);
    families.push(...page.families);
    const total = Number(page.total);
    onProgress(total > 0 ? Math.min(1, families.length / total) : 1);
    if (page.families.length === 0 || families.length >= total) return families;
  }
}

export interface FamilyWords {
  header: string[];
  village: (region: string) => string;
  need: (deprivation: string) => string;
  poor: (poor: boolean | undefined) => string;
}

export function familyRow(family: RankedFamily, words: FamilyWords): CellValue[] {
  return [
    Number(family.rank),
    family.familyId,
    family.region,
    words.village(family.region),
    family.size,
    family.decile === 0 ? null : family.decile,
    words.poor(family.poor),
    family.welfare === undefined ? null : Number(family.welfare),
    family.scoreMicro === undefined ? null : Number(family.scoreMicro) / 1e6,
    Number(family.familiesToBoundary),
    family.deprivations.map(words.need).join('; '),
  ];
}
