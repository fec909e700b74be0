// Who moved: direction, causes and sums of crossings.

import { describe, expect, it } from 'vitest';
import type { Change } from '../src/api/types';
import { crossed, directionOf, movesOf, newestCrossingMs, sumOf } from '../src/sections/sasaran/movesModel';

function crossing(over: Partial<Change>): Change {
  return {
    kind: 'crossing',
    atMs: '1000',
    region: '33.26.01',
    publication: '7',
    boundary: 'poverty_line',
    from: 'not_poor',
    to: 'poor',
    familiesByCause: { own_data: '3' },
    families: '3',
    subject: '',
    state: '',
    summary: '',
    summaryEn: '',
    ...over,
  };
}

describe('a crossing', () => {
  it.each([
    ['poverty_line', 'not_poor', 'poor', 'worse'],
    ['poverty_line', 'poor', 'not_poor', 'better'],
    ['poverty_line', 'not_poor', 'unknown', 'unknown'],
    ['decile', '4', '2', 'worse'],
    ['decile', '9', '10', 'better'],
    ['decile', 'none', '3', 'unknown'],
    ['need.rtlh', 'none', 'open', 'worse'],
    ['need.rtlh', 'open', 'none', 'better'],
    ['need.rtlh', 'unknown', 'none', 'unknown'],
  ])('of %s from %s to %s goes %s', (boundary, from, to, direction) => {
    expect(directionOf({ boundary, from, to })).toBe(direction);
  });
});

describe('movements', () => {
  it('add up families by area, way and cause, most first', () => {
    const areas = movesOf(
      [
        crossing({ familiesByCause: { own_data: '2', others_moved: '1' } }),
        crossing({ from: 'poor', to: 'not_poor', familiesByCause: { parameters_changed: '4' } }),
        crossing({ region: '33.26.02', familiesByCause: { own_data: '20' } }),
      ],
      'poverty_line',
      0,
    );
    expect(areas.map(({ region }) => region)).toEqual(['33.26.02', '33.26.01']);
    expect(areas[1]).toMatchObject({
      worse: 3,
      better: 4,
      causes: { own_data: 2, others_moved: 1, parameters_changed: 4 },
    });
    expect(sumOf(areas)).toMatchObject({ worse: 23, better: 4 });
  });

  it('do not count families that are new or gone as crossing', () => {
    const [area] = movesOf(
      [crossing({ from: 'none', familiesByCause: { entered: '900' } })],
      'poverty_line',
      0,
    );
    expect(area && crossed(area)).toBe(0);
    expect(area?.entered).toBe(900);
  });

  it('leave out other boundaries, other changes, and what is older', () => {
    const changes = [
      crossing({ boundary: 'decile', from: '1', to: '2' }),
      crossing({ kind: 'plan' }),
      crossing({ atMs: '10' }),
    ];
    expect(movesOf(changes, 'poverty_line', 500)).toEqual([]);
  });

  it('of the latest figures begin with the newest crossing', () => {
    expect(newestCrossingMs([crossing({ atMs: '10' }), crossing({ atMs: '30' })])).toBe(30);
    expect(newestCrossingMs([])).toBe(0);
  });
});
