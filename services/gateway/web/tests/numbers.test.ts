import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatNumber,
  formatRupiah,
  formatRupiahShort,
  maskedCount,
  maskedSize,
  parseRupiah,
  toCount,
  toNumber,
} from '../src/format/numbers';

describe('counts of few families', () => {
  it.each([
    [0, 0, 0],
    [1, '< 5', 2.5],
    [4, '< 5', 2.5],
    [5, 5, 5],
    [1200, 1200, 1200],
  ])('%d leave the page as %s and are drawn as long as %d', (count, text, size) => {
    expect(maskedCount(count)).toBe(text);
    expect(maskedSize(count)).toBe(size);
  });
});

describe('numbers', () => {
  it.each([
    [1234.56, 2, '1.234,56', '1,234.56'],
    [8.0501, 2, '8,05', '8.05'],
    [0, 2, '0,00', '0.00'],
    [-0.12, 2, '−0,12', '−0.12'],
    [-0.001, 2, '0,00', '0.00'],
    [1034241, 0, '1.034.241', '1,034,241'],
  ])('%d with %d decimals is %s in Indonesian and %s in English', (value, decimals, id, en) => {
    expect(formatNumber(value, decimals, 'id')).toBe(id);
    expect(formatNumber(value, decimals, 'en')).toBe(en);
  });

  it.each([
    [0, '0'],
    [1, '< 5'],
    [4, '< 5'],
    [5, '5'],
  ])('a small cell of %d families shows as %s', (value, text) => {
    expect(formatCount(value, 'id', true)).toBe(text);
  });

  it.each([
    [1_200_000_000, 'Rp 1,2 M', 'Rp 1.2 bn'],
    [12_000_000_000, 'Rp 12 M', 'Rp 12 bn'],
    [2_053_340_000_000, 'Rp 2,1 T', 'Rp 2.1 tn'],
    [20_000_000, 'Rp 20 jt', 'Rp 20 m'],
    [538_371, 'Rp 538.371', 'Rp 538,371'],
    [999_960_000, 'Rp 1 M', 'Rp 1 bn'],
    [-1_500_000_000, 'Rp −1,5 M', 'Rp −1.5 bn'],
  ])('%d rupiah is short %s in Indonesian and %s in English', (amount, id, en) => {
    expect(formatRupiahShort(amount, 'id')).toBe(id);
    expect(formatRupiahShort(amount, 'en')).toBe(en);
  });

  it('writes rupiah beyond the safe integers of JavaScript exactly', () => {
    expect(formatRupiah(9007199254740993n, 'id')).toBe('Rp 9.007.199.254.740.993');
  });

  it('keeps absent and empty values unknown instead of zero', () => {
    expect([toNumber(undefined), toNumber(''), toNumber('abc')]).toEqual([null, null, null]);
    expect([toNumber('0'), toNumber('0.080501')]).toEqual([0, 0.080501]);
    expect(toCount(undefined)).toBe(0);
  });

  it.each([
    ['12.000.000.000', '12000000000'],
    ['Rp 20.000.000', '20000000'],
    ['500 000', '500000'],
    ['12,000,000,000', '12000000000'],
    ['12.000,000', null],
    ['12,5', null],
    ['', null],
    ['0', null],
    ['-5', null],
    ['banyak', null],
  ])('reads the typed amount %j as %j', (typed, rupiah) => {
    expect(parseRupiah(typed)).toBe(rupiah);
  });
});
