import { describe, expect, it } from 'vitest';
import {
  ago,
  formatEpochDay,
  formatMoment,
  formatTime,
  parseEpochDay,
  todayInput,
} from '../src/format/dates';

const moment = new Date(2026, 10, 25, 14, 3, 9).getTime();

describe('dates', () => {
  it('writes a moment as day, month, year and a time with a point', () => {
    expect(formatMoment(moment)).toBe('25-11-2026 14.03');
    expect(formatMoment(moment, true)).toBe('25-11-2026 14.03.09');
    expect(formatTime(moment)).toBe('14.03');
  });

  it.each([
    [0, '01-01-1970'],
    [20782, '25-11-2026'],
    [20782 + 365, '25-11-2027'],
  ])('writes epoch day %d as %s in every time zone', (day, text) => {
    expect(formatEpochDay(day)).toBe(text);
  });

  it.each([
    ['2026-11-25', 20782],
    ['1970-01-01', 0],
    ['25-11-2026', null],
    ['2026-13-01', null],
    ['', null],
  ])('reads the date %j as epoch day %j', (text, day) => {
    expect(parseEpochDay(text)).toBe(day);
  });

  it('offers today as the value of a date field', () => {
    expect(todayInput(moment)).toBe('2026-11-25');
  });

  it.each([
    [0, 'second', 0],
    [59_000, 'second', 59],
    [60_000, 'minute', 1],
    [3_599_000, 'minute', 59],
    [3_600_000, 'hour', 1],
    [86_400_000, 'day', 1],
    [-5000, 'second', 0],
  ])('%d ms ago counts in %s: %d', (ms, unit, count) => {
    expect(ago(moment - ms, moment)).toEqual({ unit, count });
  });
});
