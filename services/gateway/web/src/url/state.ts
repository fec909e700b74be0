// The address is the state: what a person sees follows from it, and a copied link shows the same.
//
//   /peta/33.26?ukuran=p1&periode=7h&bahasa=en
//   /peta/33.26?tabel.wilayah=1&urut.wilayah=-p0&saring.wilayah=wira
//
// Values equal to the default are left out, so addresses stay short and comparable.

export const SECTIONS = [
  'ringkasan',
  'peta',
  'sasaran',
  'simulasi',
  'anggaran',
  'pemantauan',
  'data',
] as const;
export type Section = (typeof SECTIONS)[number];

export const PERIODS = ['1j', '24j', '7h', '30h', 'semua'] as const;
export type Period = (typeof PERIODS)[number];

export type Language = 'id' | 'en';

/** How a person has set one table of the page. */
export interface TableState {
  /** Whether the table stands in place of its picture. */
  open: boolean;
  /** Column that sorts, with `-` in front for descending; empty for the order of the source. */
  sort: string;
  filter: string;
  /** Keys of the shown columns; empty for the usual ones. */
  columns: string[];
}

export const DEFAULT_TABLE: TableState = { open: false, sort: '', filter: '', columns: [] };

export interface UrlState {
  section: Section;
  /** Region code; empty until the first region with data is known. */
  region: string;
  population: string;
  measure: string;
  period: Period;
  /** Publication the page is held at; empty is live. */
  heldAt: string;
  language: Language;
  /** Section-specific view, for example `keluarga` in Sasaran. */
  view: string;
  programme: string;
  family: string;
  plan: string;
  alertState: string;
  reason: string;
  submission: string;
  /** Boundary whose crossings are shown: `decile`, `need.<programme>`; empty for the poverty line. */
  boundary: string;
  /** `terakhir`: since the figures before the newest; else the period counts. */
  since: string;
  /** What-if on screen, by its name. */
  branch: string;
  /** Tables that are not as usual, by their name. */
  tables: Record<string, TableState>;
}

export const DEFAULT_STATE: UrlState = {
  section: 'ringkasan',
  region: '',
  population: 'register',
  measure: 'p0',
  period: '24j',
  heldAt: '',
  language: 'id',
  view: '',
  programme: '',
  family: '',
  plan: '',
  alertState: '',
  reason: '',
  submission: '',
  boundary: '',
  since: '',
  branch: '',
  tables: {},
};

type QueryField = Exclude<keyof UrlState, 'section' | 'region' | 'tables'>;

const QUERY_NAMES: Record<QueryField, string> = {
  population: 'populasi',
  measure: 'ukuran',
  period: 'periode',
  heldAt: 'pada',
  language: 'bahasa',
  view: 'tampil',
  programme: 'program',
  family: 'keluarga',
  plan: 'rencana',
  alertState: 'keadaan',
  reason: 'alasan',
  submission: 'kiriman',
  boundary: 'batas',
  since: 'sejak',
  branch: 'cabang',
};

const TABLE_FIELD = /^(tabel|urut|saring|kolom)\.([a-z-]+)$/;

function parseTables(query: URLSearchParams): Record<string, TableState> {
  const tables: Record<string, TableState> = {};
  for (const [field, text] of query) {
    const [, kind, name] = TABLE_FIELD.exec(field) ?? [];
    if (!name) continue;
    const table = (tables[name] ??= { ...DEFAULT_TABLE });
    if (kind === 'tabel') table.open = text === '1';
    if (kind === 'urut') table.sort = text;
    if (kind === 'saring') table.filter = text;
    if (kind === 'kolom') table.columns = text.split(',').filter(Boolean);
  }
  return withoutUsual(tables);
}

function writeTables(tables: Record<string, TableState>, query: URLSearchParams): void {
  for (const [name, table] of Object.entries(tables)) {
    if (table.open) query.set(`tabel.${name}`, '1');
    if (table.sort) query.set(`urut.${name}`, table.sort);
    if (table.filter) query.set(`saring.${name}`, table.filter);
    if (table.columns.length > 0) query.set(`kolom.${name}`, table.columns.join(','));
  }
}

function withoutUsual(tables: Record<string, TableState>): Record<string, TableState> {
  const changed = Object.entries(tables).filter(
    ([, table]) => table.open || table.sort || table.filter || table.columns.length > 0,
  );
  return Object.fromEntries(changed);
}

export function tableOf(state: UrlState, name: string): TableState {
  return state.tables[name] ?? DEFAULT_TABLE;
}

/** The tables of a state after a change of one of them. */
export function withTable(
  state: UrlState,
  name: string,
  change: Partial<TableState>,
): Record<string, TableState> {
  return withoutUsual({ ...state.tables, [name]: { ...tableOf(state, name), ...change } });
}

function oneOf<T extends string>(allowed: readonly T[], text: string | null, fallback: T): T {
  return allowed.includes(text as T) ? (text as T) : fallback;
}

/** Reads an address; anything it does not know becomes the default. */
export function parseUrl(pathname: string, search: string): UrlState {
  const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const query = new URLSearchParams(search);
  const state: UrlState = { ...DEFAULT_STATE };
  for (const field of Object.keys(QUERY_NAMES) as QueryField[]) {
    const text = query.get(QUERY_NAMES[field]);
    if (text !== null) (state as unknown as Record<string, string>)[field] = text;
  }
  state.section = oneOf(SECTIONS, parts[0] ?? null, DEFAULT_STATE.section);
  state.region = parts[1] ?? '';
  state.period = oneOf(PERIODS, state.period, DEFAULT_STATE.period);
  state.language = oneOf(['id', 'en'] as const, state.language, DEFAULT_STATE.language);
  if (!/^[1-9]\d*$/.test(state.heldAt)) state.heldAt = '';
  state.tables = parseTables(query);
  return state;
}

/** Writes the address of a state; the inverse of `parseUrl` for every state it can return. */
export function formatUrl(state: UrlState): string {
  const query = new URLSearchParams();
  for (const field of Object.keys(QUERY_NAMES) as QueryField[]) {
    if (state[field] !== DEFAULT_STATE[field]) query.set(QUERY_NAMES[field], state[field]);
  }
  writeTables(state.tables, query);
  const path = ['', state.section, state.region].map(encodeURIComponent).join('/').replace(/\/$/, '');
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

const SECTION_FIELDS: QueryField[] = [
  'view',
  'programme',
  'family',
  'plan',
  'alertState',
  'reason',
  'submission',
  'boundary',
  'since',
  'branch',
];

/** The state after a change. Another section or region drops what belongs to the one left. */
export function withChange(state: UrlState, change: Partial<UrlState>): UrlState {
  const next = { ...state, ...change };
  const leaves = change.section !== undefined && change.section !== state.section;
  const moves = change.region !== undefined && change.region !== state.region;
  if (leaves)
    for (const field of SECTION_FIELDS) {
      if (change[field] === undefined) (next as unknown as Record<string, string>)[field] = '';
    }
  if (leaves && change.tables === undefined) next.tables = {};
  if (moves && change.family === undefined) next.family = '';
  // What was searched for in one area is not what is searched for in the next.
  if (moves && change.tables === undefined)
    next.tables = withoutUsual(
      Object.fromEntries(
        Object.entries(next.tables).map(([name, table]) => [name, { ...table, filter: '' }]),
      ),
    );
  return next;
}

const PERIOD_MS: Record<Exclude<Period, 'semua'>, number> = {
  '1j': 3_600_000,
  '24j': 86_400_000,
  '7h': 7 * 86_400_000,
  '30h': 30 * 86_400_000,
};

/** Start of a period that ends at `endMs`; 0 for all data. */
export function periodStart(period: Period, endMs: number): number {
  return period === 'semua' ? 0 : endMs - PERIOD_MS[period];
}
