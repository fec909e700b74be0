// Numbers as people in an Indonesian office write them: 1.234,56; Rp 1,2 M.

import type { Language } from '../url/state';

const LOCALES: Record<Language, string> = { id: 'id-ID', en: 'en-GB' };
const cache = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, decimals: number, least = decimals): Intl.NumberFormat {
  const key = `${language}/${decimals}/${least}`;
  let found = cache.get(key);
  if (!found) {
    found = new Intl.NumberFormat(LOCALES[language], {
      minimumFractionDigits: least,
      maximumFractionDigits: decimals,
    });
    cache.set(key, found);
  }
  return found;
}

export function formatNumber(value: number, decimals: number, language: Language): string {
  const text = formatter(language, decimals).format(value);
  return /[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', '');
}

/** A count. With `small`, 1 to 4 becomes `< 5`, so that no family can be singled out. */
export function formatCount(value: number, language: Language, small = false): string {
  if (small && value > 0 && value < 5) return '< 5';
  return formatNumber(value, 0, language);
}

/** A count of families as it may leave the page: 1 to 4 as words, so that exports tell no more than the screen. */
export function maskedCount(value: number): number | string {
  return value > 0 && value < 5 ? '< 5' : value;
}

/** The length of a bar for a count of families: 1 to 4 are drawn alike. */
export function maskedSize(value: number): number {
  return value > 0 && value < 5 ? 2.5 : value;
}

interface Step {
  size: number;
  id: string;
  en: string;
}
const STEPS: Step[] = [
  { size: 1e12, id: 'T', en: 'tn' },
  { size: 1e9, id: 'M', en: 'bn' },
  { size: 1e6, id: 'jt', en: 'm' },
];

/** `Rp 1,2 M`; amounts below a million are written in full. */
export function formatRupiahShort(amount: number, language: Language): string {
  const step = STEPS.find((candidate) => Math.abs(amount) >= candidate.size * 0.99995);
  if (!step) return formatRupiah(amount, language);
  const digits = formatter(language, 1, 0)
    .format(amount / step.size)
    .replace('-', '−');
  return `Rp ${digits} ${language === 'id' ? step.id : step.en}`;
}

/** Welfare in the money of its population: `Rp 1,2 jt`, `10.859 EUR`. */
export function formatMoneyShort(amount: number, currency: string, language: Language): string {
  return currency === 'Rp'
    ? formatRupiahShort(amount, language)
    : `${formatNumber(amount, 0, language)} ${currency}`;
}

/** The same in full. */
export function formatMoney(amount: number, currency: string, language: Language): string {
  return currency === 'Rp'
    ? formatRupiah(Math.round(amount), language)
    : `${formatNumber(amount, 2, language)} ${currency}`;
}

/** `Rp 1.234.567.890`, exact for any length. */
export function formatRupiah(amount: number | bigint, language: Language): string {
  return `Rp ${new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 0 })
    .format(amount)
    .replace('-', '−')}`;
}

/** Rupiah as people type them: `Rp 12.000.000`, `12,000,000`, `12000000`; null when it is no amount. */
export function parseRupiah(text: string): string | null {
  const amount = text.replace(/^\s*Rp\s*/i, '').trim();
  if (!/^(\d+|\d{1,3}([.,\s])\d{3}(\2\d{3})*)$/.test(amount)) return null;
  const digits = amount.replace(/[.,\s]/g, '');
  return /^[1-9]\d{0,15}$/.test(digits) ? digits : null;
}

/** An int64 of the JSON mapping as a number; absent or empty text is null, never zero. */
export function toNumber(text: string | number | undefined | null): number | null {
  if (text === undefined || text === null || text === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Like `toNumber` where the contract always prints the field. */
export function toCount(text: string | number | undefined | null): number {
  return toNumber(text) ?? 0;
}
