// Takes the whole list along: as CSV, as a workbook, or to the clipboard.

import { useRef, useState } from 'preact/hooks';
import { getJson, Problem } from '../../api/client';
import type { Families } from '../../api/types';
import { formatCount, formatNumber } from '../../format/numbers';
import { downloadCsv, downloadXlsx, toTsv, type Sheet } from '../../parts/exports';
import { problemWords } from '../../parts/States';
import { useMeasureName } from '../../store/areas';
import { useLanguage, useStore, useT, useUrl } from '../../store/hooks';
import { useSource } from '../shared';
import { collectFamilies, familyRow, WORKBOOK_LIMIT } from './familySheet';
import { familiesPath } from './useFamilyPages';

export function FamilyExport({ total }: { total: number }) {
  const t = useT();
  const store = useStore();
  const language = useLanguage();
  const { region, programme, population } = useUrl();
  const nameOf = useMeasureName();
  const source = useSource();
  const [share, setShare] = useState<number | null>(null);
  const abort = useRef<AbortController | null>(null);

  const makeSheet = async (): Promise<Sheet> => {
    abort.current = new AbortController();
    const families = await collectFamilies(
      (firstRank, pageSize, signal) =>
        getJson<Families>(familiesPath(region, programme, population, firstRank, pageSize), signal),
      abort.current.signal,
      setShare,
    );
    await store.names.ready(families.map((family) => family.region));
    const words = {
      header: [
        t('column.rank'),
        t('column.family'),
        t('column.code'),
        t('column.village'),
        t('column.members'),
        t('column.decile'),
        t('families.poor'),
        t('column.welfare'),
        t('column.score'),
        t('column.distance'),
        t('column.needs'),
      ],
      village: (code: string) => store.names.name(code),
      need: (deprivation: string) => nameOf(`deprived.${deprivation}`),
      poor: (poor: boolean | undefined) =>
        t(poor === undefined ? 'answer.unknown' : poor ? 'answer.true' : 'answer.false'),
    };
    return {
      name: t('families.title'),
      header: words.header,
      rows: families.map((family) => familyRow(family, words)),
      source,
    };
  };
  const take = async (use: (sheet: Sheet) => void | Promise<void>) => {
    setShare(0);
    try {
      await use(await makeSheet());
    } catch (cause) {
      if (!abort.current?.signal.aborted)
        store.notify('error', cause instanceof Problem ? problemWords(cause, t) : String(cause));
    }
    setShare(null);
  };
  const copy = async (sheet: Sheet) => {
    await navigator.clipboard.writeText(toTsv(sheet));
    store.notify(
      'done',
      t('table.copied', { n: formatCount(sheet.rows.length, language), count: sheet.rows.length }),
    );
  };
  if (share !== null)
    return (
      <span class="tools__progress" role="status">
        {t('families.reading', { n: formatNumber(100 * share, 0, language) })}
        <button type="button" class="button button--quiet" onClick={() => abort.current?.abort()}>
          {t('action.cancel')}
        </button>
      </span>
    );
  const long = total > WORKBOOK_LIMIT;
  const why = long ? t('families.tooLong', { n: formatCount(WORKBOOK_LIMIT, language) }) : undefined;
  return (
    <span class="tools__exports no-print">
      <button
        type="button"
        class="button button--quiet"
        disabled={long}
        title={why}
        onClick={() => void take(copy)}
      >
        {t('table.copy')}
      </button>
      <button type="button" class="button button--quiet" onClick={() => void take(downloadCsv)}>
        CSV
      </button>
      <button
        type="button"
        class="button button--quiet"
        disabled={long}
        title={why}
        onClick={() => void take(downloadXlsx)}
      >
        XLSX
      </button>
    </span>
  );
}
