import { describe, expect, it } from 'vitest';
import {
  DEFAULT_STATE,
  DEFAULT_TABLE,
  formatUrl,
  parseUrl,
  periodStart,
  tableOf,
  withChange,
  withTable,
  type UrlState,
} from '../src/url/state';

function roundTrip(state: UrlState): UrlState {
  const url = new URL(formatUrl(state), 'http://page');
  return parseUrl(url.pathname, url.search);
}

describe('the address is the state', () => {
  it.each([
    ['/', DEFAULT_STATE],
    [
      '/peta/33.26?ukuran=p1&periode=7h&bahasa=en',
      { ...DEFAULT_STATE, section: 'peta', region: '33.26', measure: 'p1', period: '7h', language: 'en' },
    ],
    [
      '/sasaran/33.26?tampil=keluarga&program=rtlh',
      { ...DEFAULT_STATE, section: 'sasaran', region: '33.26', view: 'keluarga', programme: 'rtlh' },
    ],
    ['/ringkasan/0?pada=412', { ...DEFAULT_STATE, region: '0', heldAt: '412' }],
  ])('reads %s', (address, state) => {
    const url = new URL(address, 'http://page');
    expect(parseUrl(url.pathname, url.search)).toEqual(state);
  });

  it('survives writing and reading for every field, odd characters included', () => {
    const full: UrlState = {
      section: 'data',
      region: '33.26.15.2014',
      population: 'eusilc',
      measure: 'deprived.unfit_house',
      period: '30h',
      heldAt: '7',
      language: 'en',
      view: 'keluarga',
      programme: 'a b&c',
      family: 'ff00',
      plan: 'rtlh/1?',
      alertState: 'pending',
      reason: 'TWO_HEADS',
      submission: 's#1',
      boundary: 'need.rtlh',
      since: 'terakhir',
      branch: 'garis-naik-10',
      tables: {
        wilayah: { open: true, sort: '-p0', filter: 'wira & co', columns: ['name', 'p0'] },
        tren: { open: true, sort: '', filter: '', columns: [] },
      },
    };
    expect(roundTrip(full)).toEqual(full);
    expect(roundTrip({ ...DEFAULT_STATE, section: 'peta' })).toEqual({ ...DEFAULT_STATE, section: 'peta' });
  });

  it.each([
    '/tidak-ada/33.26',
    '/peta/33.26?periode=abad',
    '/peta/33.26?bahasa=fr',
    '/peta/33.26?pada=-3',
    '/peta/33.26?pada=x',
  ])('falls back to defaults for what it does not know: %s', (address) => {
    const url = new URL(address, 'http://page');
    const state = parseUrl(url.pathname, url.search);
    expect(state).toEqual({ ...DEFAULT_STATE, section: state.section, region: '33.26' });
  });

  it('leaves defaults out, so that addresses stay short', () => {
    expect(formatUrl({ ...DEFAULT_STATE, region: '33.26' })).toBe('/ringkasan/33.26');
  });

  it('drops what belongs to a section when another one is opened', () => {
    const before = {
      ...DEFAULT_STATE,
      section: 'sasaran' as const,
      view: 'keluarga',
      family: 'ab',
      programme: 'rtlh',
    };
    expect(withChange(before, { section: 'peta' })).toMatchObject({ view: '', family: '', programme: '' });
    expect(withChange(before, { section: 'anggaran', programme: 'rtlh' })).toMatchObject({
      programme: 'rtlh',
      view: '',
    });
  });

  it('leaves a family behind when another area is opened, but keeps the view', () => {
    const before = {
      ...DEFAULT_STATE,
      section: 'sasaran' as const,
      region: '33.26',
      view: 'keluarga',
      family: 'ab',
    };
    expect(withChange(before, { region: '33.26.01' })).toMatchObject({ family: '', view: 'keluarga' });
  });

  it('remembers how tables are set, and forgets those that are as usual', () => {
    const sorted = { ...DEFAULT_STATE, tables: withTable(DEFAULT_STATE, 'wilayah', { sort: '-p0' }) };
    expect(formatUrl({ ...sorted, region: '33.26' })).toBe('/ringkasan/33.26?urut.wilayah=-p0');
    expect(tableOf(sorted, 'wilayah')).toEqual({ ...DEFAULT_TABLE, sort: '-p0' });
    expect(withTable(sorted, 'wilayah', { sort: '' })).toEqual({});
  });

  it('keeps an open table in the next area, without what was searched for in the last one', () => {
    const table = { open: true, sort: 'p0', filter: 'tirto', columns: [] };
    const before = { ...DEFAULT_STATE, region: '33.26', tables: { wilayah: table } };
    expect(withChange(before, { region: '33.26.01' }).tables).toEqual({ wilayah: { ...table, filter: '' } });
    expect(withChange(before, { section: 'peta' }).tables).toEqual({});
  });

  it('starts a period before its end, and "all" at the beginning', () => {
    expect(periodStart('1j', 10_000_000)).toBe(6_400_000);
    expect(periodStart('semua', 10_000_000)).toBe(0);
  });
});
