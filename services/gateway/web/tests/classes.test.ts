import { describe, expect, it } from 'vitest';
import { classOf, divergingBreaks, paletteSlot, quantileBreaks, tileGrid } from '../src/format/classes';

describe('map classes', () => {
  it('puts about equally many regions into each of five classes', () => {
    const values = Array.from({ length: 20 }, (_, index) => index + 1);
    const breaks = quantileBreaks(values);
    expect(breaks).toEqual([5, 9, 13, 17]);
    const sizes = [0, 0, 0, 0, 0];
    for (const value of values) sizes[classOf(value, breaks)]!++;
    expect(sizes).toEqual([4, 4, 4, 4, 4]);
  });

  it.each([
    ['no regions', [], []],
    ['one region', [3], []],
    ['all equal', [2, 2, 2, 2], []],
    ['two values', [1, 1, 1, 9, 9], [9]],
    ['nearly all equal', [0, 0, 0, 0, 0, 0, 0, 26], [26]],
  ])('keeps equal values together: %s', (_, values, breaks) => {
    expect(quantileBreaks(values)).toEqual(breaks);
  });

  it('is symmetric around zero for changes', () => {
    expect(divergingBreaks([-1, 0.5])).toEqual([-0.6, -0.2, 0.2, 0.6]);
    expect(divergingBreaks([0, 0])).toEqual([]);
  });

  it('gives the darkest colour to the highest class, however few classes there are', () => {
    expect([0, 1, 2, 3, 4].map((index) => paletteSlot(index, 5))).toEqual([0, 1, 2, 3, 4]);
    expect([0, 1].map((index) => paletteSlot(index, 2))).toEqual([0, 4]);
    expect(paletteSlot(0, 1)).toBe(2);
  });
});

describe('tile grid', () => {
  const codes = Array.from({ length: 19 }, (_, index) => `33.26.${String(index + 1).padStart(2, '0')}`);

  it('gives every region its own tile in a near-square grid', () => {
    const { tiles, columns } = tileGrid(codes);
    expect(columns).toBe(5);
    expect(new Set(tiles.map((tile) => `${tile.column}/${tile.row}`)).size).toBe(19);
    expect(Math.max(...tiles.map((tile) => tile.row))).toBe(3);
  });

  it('is narrower where there is less room', () => {
    const { tiles, columns } = tileGrid(codes, 3);
    expect(columns).toBe(3);
    expect(Math.max(...tiles.map((tile) => tile.row))).toBe(6);
  });

  it('keeps neighbours of the code order side by side, also across a row end', () => {
    const { tiles } = tileGrid([...codes].reverse());
    for (let index = 1; index < tiles.length; index++) {
      const [a, b] = [tiles[index - 1]!, tiles[index]!];
      expect(Math.abs(a.column - b.column) + Math.abs(a.row - b.row)).toBe(1);
    }
  });
});
