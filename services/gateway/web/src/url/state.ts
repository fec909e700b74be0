// The address is the state: what a person sees follows from it, and a copied link shows the same.
//
//   /peta/33.26?ukuran=p1&periode=7h&bahasa=en
//
// Values equal to the default are left out, so addresses stay short and comparable.

export const SECTIONS = ['ringkasan', 'peta', 'sasaran', 'anggaran', 'pemantauan', 'data'] as const;
export type Section = (typeof SECTIONS)[number];

export const PERIODS = ['1j', '24j', '7h', '30h', 'semua'] as const;
export type Period = (typeof PERIODS)[number];

export type Language = 'id' | 'en';

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
};

type QueryField = Exclude<keyof UrlState, 'section' | 'region'>;

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
};

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
  return state;
}

/** Writes the address of a state; the inverse of `parseUrl` for every state it can return. */
export function formatUrl(state: UrlState): string {
  const query = new URLSearchParams();
  for (const field of Object.keys(QUERY_NAMES) as QueryField[]) {
    if (state[field] !== DEFAULT_STATE[field]) query.set(QUERY_NAMES[field], state[field]);
  }
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
  if (moves && change.family === undefined) next.family = '';
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
