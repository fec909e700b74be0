// Families that would be classed otherwise, by area and by group.

import { useState } from 'preact/hooks';
import type { WhatIfMoves, WhatIfResult } from '../../api/types';
import { formatCount, maskedCount, maskedSize } from '../../format/numbers';
import { MESSAGES, wordFor } from '../../messages';
import { Select } from '../../parts/Controls';
import { Picture } from '../../parts/Panel';
import { EmptyState } from '../../parts/States';
import { useAreaLabel } from '../../store/areas';
import { useLanguage, useT } from '../../store/hooks';
import { useSource } from '../shared';
import { DIMENSIONS, groupsOf, losersAndWinners } from './comparison';

interface Row {
  key: string;
  name: string;
  entered: number;
  left: number;
  lower: number;
  higher: number;
}

const AREA = 'area';
const PARTS = ['entered', 'left', 'lower', 'higher'] as const;

export function Movers({ data }: { data: WhatIfResult }) {
  const t = useT();
  const language = useLanguage();
  const areaLabel = useAreaLabel();
  const source = useSource(Number(data.branch.cutAtMs));
  const [by, setBy] = useState<string>(AREA);
  const count = (n: number) => formatCount(n, language, true);
  const rowOf = (key: string, name: string, moves: WhatIfMoves | undefined): Row => ({
    key,
    name,
    ...losersAndWinners(moves),
  });
  const groupName = (group: string) => {
    if (group === 'unknown') return t('answer.unknown');
    if (by === 'decile') return t('deciles.name', { n: group });
    if (by === 'size') return t('whatif.persons', { n: group });
    return `code.${by}.${group}` in MESSAGES.id ? wordFor(t, `code.${by}`, group) : group;
  };
  const rows: Row[] =
    by === AREA
      ? data.inner.map((inner) => rowOf(inner.region, areaLabel(inner.region), inner.moves))
      : groupsOf(data.groups, by).map((group) => rowOf(group.group, groupName(group.group), group.moves));
  const all = losersAndWinners(data.moves);
  const most = Math.max(...rows.flatMap((row) => [row.entered, row.left]), 5);
  const title = t('whatif.movers');
  return (
    <Picture
      title={title}
      note={by === AREA ? t('whatif.moversNote') : t('whatif.moversWhole')}
      before={
        <div class="tools no-print">
          <Select
            label={t('whatif.groupBy')}
            value={by}
            options={[
              { value: AREA, label: t('column.area') },
              ...DIMENSIONS.map((value) => ({ value: value as string, label: t(`whatif.group.${value}`) })),
            ]}
            onChange={setBy}
          />
        </div>
      }
      table={{
        id: 'berubah',
        name: title,
        caption: title,
        rows,
        keyOf: (row) => row.key,
        source,
        columns: [
          { key: 'name', title: t(by === AREA ? 'column.area' : 'column.group'), value: (row) => row.name },
          ...PARTS.map((part) => ({
            key: part,
            title: t(`whatif.part.${part}`),
            numeric: true,
            value: (row: Row) => maskedCount(row[part]),
            cell: (row: Row) => count(row[part]),
          })),
        ],
      }}
    >
      <div class="outcome">
        {PARTS.map((part) => (
          <p key={part} class={part === 'left' || part === 'higher' ? 'outcome--good' : 'outcome--bad'}>
            <strong>
              {part === 'left' || part === 'higher' ? '▲' : '▼'} {count(all[part])}
            </strong>
            <span>{t(`whatif.part.${part}`)}</span>
          </p>
        ))}
      </div>
      {rows.length === 0 ? (
        <EmptyState title={t('area.deepest')} />
      ) : (
        <ol class="movers" aria-label={t('whatif.poverty')}>
          {rows.map((row) => (
            <li key={row.key} class="movers__row">
              <span class="ranked__name">{row.name}</span>
              <span class="movers__side movers__side--left">
                <span class="movers__count">{count(row.left)}</span>
                <span
                  class="movers__bar movers__bar--good"
                  style={{ width: `${(80 * maskedSize(row.left)) / most}%` }}
                />
              </span>
              <span class="movers__side">
                <span
                  class="movers__bar movers__bar--bad"
                  style={{ width: `${(80 * maskedSize(row.entered)) / most}%` }}
                />
                <span class="movers__count">{count(row.entered)}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
      <p class="panel__note">{t('whatif.bars')}</p>
    </Picture>
  );
}
