// What changed, what warns, and what happened during a course, as a person reads it.

import { describe, expect, it } from 'vitest';
import type { Alert, Change } from '../src/api/types';
import { groupChanges, programmeOfPlan, targetOf } from '../src/parts/changesModel';
import { groupEvents } from '../src/parts/trendEvents';
import { groupAlerts, orderAlerts } from '../src/sections/pemantauan/alertsModel';

const HOUR = 3_600_000;
const MINUTE = 60_000;

function change(part: Partial<Change>): Change {
  return {
    kind: 'crossing',
    atMs: String(10 * HOUR),
    region: '33.26.01',
    publication: '1',
    boundary: 'decile',
    from: '4',
    to: '5',
    familiesByCause: { own_data: '1' },
    families: '1',
    subject: '',
    state: '',
    summary: '',
    summaryEn: '',
    ...part,
  };
}

describe('the feed', () => {
  it('adds up what happened again in an area within the hour, by cause, newest first', () => {
    const rows = groupChanges([
      change({ atMs: String(10 * HOUR + 9 * MINUTE), families: '3', familiesByCause: { others_moved: '3' } }),
      change({ atMs: String(10 * HOUR + 8 * MINUTE), region: '33.26.02' }),
      change({ atMs: String(10 * HOUR + 2 * MINUTE), families: '2', familiesByCause: { own_data: '2' } }),
      change({ atMs: String(9 * HOUR), families: '5' }),
    ]);
    expect(rows.map(({ region, families, atMs }) => [region, families, atMs])).toEqual([
      ['33.26.01', 5, 10 * HOUR + 9 * MINUTE],
      ['33.26.02', 1, 10 * HOUR + 8 * MINUTE],
      ['33.26.01', 5, 9 * HOUR],
    ]);
    expect(rows[0]?.causes).toEqual({ others_moved: 3, own_data: 2 });
  });

  it('shows an alert once, as it stands now', () => {
    const alert = { kind: 'alert', subject: 'kemiskinan-desa', familiesByCause: {} };
    const rows = groupChanges([
      change({ ...alert, state: 'firing', families: '882' }),
      change({ ...alert, state: 'pending', families: '880', atMs: '1' }),
    ]);
    expect(rows.map((row) => [row.change.state, row.families])).toEqual([['firing', 882]]);
  });

  it('shows the newest proposal of a programme for all of the hour', () => {
    const plan = { kind: 'plan', state: 'proposed', boundary: '', familiesByCause: {} };
    const rows = groupChanges([
      change({ ...plan, subject: 'rtlh-91', families: '450' }),
      change({ ...plan, subject: 'rtlh-07', families: '449' }),
      change({ ...plan, subject: 'jamban-07', families: '30' }),
    ]);
    expect(rows.map((row) => row.families)).toEqual([450, 30]);
  });

  it.each([
    [change({}), { section: 'sasaran', region: '33.26.01', view: 'keluarga', programme: '' }],
    [change({ boundary: 'need.rtlh' }), { section: 'sasaran', programme: 'rtlh' }],
    [change({ kind: 'alert', state: 'pending' }), { section: 'pemantauan', alertState: 'pending' }],
    [
      change({ kind: 'plan', state: 'proposed', subject: 'biaya_sekolah-7a' }),
      { programme: 'biaya_sekolah' },
    ],
    [change({ kind: 'plan', state: 'approved', subject: 'rtlh-7a' }), { programme: 'rtlh', plan: 'rtlh-7a' }],
    [change({ kind: 'delivery', subject: 'rtlh-7a' }), { section: 'anggaran', plan: 'rtlh-7a' }],
    [change({ kind: 'ingest' }), { section: 'data' }],
  ])('leads from each row to the list behind it', (row, target) => {
    expect(targetOf(row)).toMatchObject(target);
  });

  it('leads nowhere where there is no list', () => {
    expect(targetOf(change({ kind: 'parameter' }))).toBeNull();
    expect(programmeOfPlan('rtlh')).toBe('');
  });
});

describe('alerts', () => {
  const alert = (part: Partial<Alert>) =>
    ({ rule: 'r', severity: 'warning', threshold: '0.1', measure: 'p0', value: '0.2', ...part }) as Alert;

  it('stand together under their rule, gravest rule and highest value first', () => {
    const groups = groupAlerts(
      orderAlerts([
        alert({ rule: 'a', region: '1', value: '0.2' }),
        alert({ rule: 'b', region: '2', severity: 'critical' }),
        alert({ rule: 'a', region: '3', value: '0.3' }),
        alert({ rule: 'c', region: '4', severity: 'unheard of' }),
      ]),
    );
    expect(groups.map(({ rule, alerts }) => [rule, alerts.map(({ region }) => region)])).toEqual([
      ['b', ['2']],
      ['a', ['3', '1']],
      ['c', ['4']],
    ]);
  });
});

describe('alerts in the order a person reads', () => {
  it('keep it when their values change', () => {
    const rows = [
      { rule: 'a', severity: 'warning', region: '1', value: '0.2' },
      { rule: 'a', severity: 'warning', region: '2', value: '0.9' },
    ] as Alert[];
    expect(groupAlerts(rows)[0]?.alerts.map(({ region }) => region)).toEqual(['1', '2']);
  });
});

describe('events of a course', () => {
  it('too close to be told apart stand together, each once', () => {
    const events = [
      { atMs: 500, label: 'Model' },
      { atMs: 100, label: 'Garis' },
      { atMs: 120, label: 'Program' },
      { atMs: 130, label: 'Garis' },
    ];
    expect(groupEvents(events, 50)).toEqual([
      { atMs: 100, labels: ['Garis', 'Program'] },
      { atMs: 500, labels: ['Model'] },
    ]);
  });
});
