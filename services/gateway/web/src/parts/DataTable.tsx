// A table with sort, filter, choice of columns, copy, CSV and XLSX. Long tables scroll virtually.

import type { ComponentChildren } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { useStore, useT } from '../store/hooks';
import { downloadCsv, downloadXlsx, toTsv, type CellValue, type Sheet } from './exports';
import { useVirtualRows } from './useVirtual';

export interface Column<Row> {
  key: string;
  title: string;
  /** What sorts, filters and leaves in exports. */
  value: (row: Row) => CellValue;
  /** What is shown; the value when absent. */
  cell?: (row: Row) => ComponentChildren;
  numeric?: boolean;
  /** Not in the first choice of columns. */
  optional?: boolean;
}

export interface DataTableProps<Row> {
  name: string;
  caption: string;
  rows: Row[];
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  source: string;
  height?: number;
  rowLabel?: (row: Row) => string;
  selectedKey?: string;
}

const ROW_HEIGHT = 37;
const VIRTUAL_FROM = 120;

function compare(a: CellValue, b: CellValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'id', { numeric: true });
}

interface Sort {
  key: string;
  descending: boolean;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const t = useT();
  const [sort, setSort] = useState<Sort | null>(null);
  const [filter, setFilter] = useState('');
  const [hidden, setHidden] = useState<Set<string>>(
    () => new Set(props.columns.filter((column) => column.optional).map((column) => column.key)),
  );
  const scroller = useRef<HTMLDivElement>(null);
  const columns = props.columns.filter((column) => !hidden.has(column.key));
  const rows = useMemo(() => {
    const needle = filter.trim().toLocaleLowerCase('id');
    const kept = needle
      ? props.rows.filter((row) =>
          props.columns.some((c) =>
            String(c.value(row) ?? '')
              .toLocaleLowerCase('id')
              .includes(needle),
          ),
        )
      : [...props.rows];
    const by = sort && props.columns.find((column) => column.key === sort.key);
    if (by) kept.sort((a, b) => compare(by.value(a), by.value(b)) * (sort.descending ? -1 : 1));
    return kept;
  }, [props.rows, props.columns, filter, sort]);

  const virtual = rows.length > VIRTUAL_FROM;
  const window = useVirtualRows(virtual ? rows.length : 0, ROW_HEIGHT, scroller);
  const shown = virtual ? window.items.map((item) => item.index) : rows.map((_, index) => index);
  const sheet = (): Sheet => ({
    name: props.name,
    header: columns.map((column) => column.title),
    rows: rows.map((row) => columns.map((column) => column.value(row))),
    source: props.source,
  });
  const toggleSort = (key: string) =>
    setSort((now) =>
      now?.key !== key ? { key, descending: false } : now.descending ? null : { key, descending: true },
    );

  return (
    <div class="datatable">
      <TableTools
        columns={props.columns}
        hidden={hidden}
        setHidden={setHidden}
        filter={filter}
        setFilter={setFilter}
        sheet={sheet}
        shown={rows.length}
        total={props.rows.length}
      />
      <div
        class="datatable__scroll"
        ref={scroller}
        style={{ maxHeight: props.height ?? 420 }}
        tabIndex={0}
        role="region"
        aria-label={t('table.region', { name: props.caption })}
      >
        <table>
          <caption class="hidden">{props.caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => {
                const state =
                  sort?.key === column.key ? (sort.descending ? 'descending' : 'ascending') : 'none';
                return (
                  <th key={column.key} scope="col" aria-sort={state} class={column.numeric ? 'number' : ''}>
                    <button type="button" class="datatable__sort" onClick={() => toggleSort(column.key)}>
                      {column.title}
                      <span aria-hidden="true" class="datatable__arrow">
                        {state === 'none' ? '' : state === 'ascending' ? '↑' : '↓'}
                      </span>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {virtual && window.before > 0 && <SpaceRow height={window.before} span={columns.length} />}
            {shown.map((index) => {
              const row = rows[index];
              if (row === undefined) return null;
              const key = props.keyOf(row);
              return (
                <tr key={key} class={key === props.selectedKey ? 'selected' : ''}>
                  {columns.map((column) => (
                    <td key={column.key} class={column.numeric ? 'number' : ''}>
                      {column.cell ? column.cell(row) : (column.value(row) ?? t('figure.noData'))}
                    </td>
                  ))}
                </tr>
              );
            })}
            {virtual && window.after > 0 && <SpaceRow height={window.after} span={columns.length} />}
          </tbody>
        </table>
        {rows.length === 0 && <p class="datatable__none">{filter ? t('table.noMatch') : t('table.none')}</p>}
      </div>
    </div>
  );
}

function SpaceRow({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden="true" class="datatable__space">
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

interface ToolsProps {
  columns: { key: string; title: string }[];
  hidden: Set<string>;
  setHidden: (hidden: Set<string>) => void;
  filter: string;
  setFilter: (text: string) => void;
  sheet: () => Sheet;
  shown: number;
  total: number;
}

function TableTools(props: ToolsProps) {
  const t = useT();
  const store = useStore();
  const filterId = useId();
  const toggle = (key: string) => {
    const next = new Set(props.hidden);
    if (!next.delete(key) && next.size < props.columns.length - 1) next.add(key);
    props.setHidden(next);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(toTsv(props.sheet()));
    store.notify('done', t('table.copied', { n: props.shown, count: props.shown }));
  };
  return (
    <div class="tools no-print">
      <label class="hidden" for={filterId}>
        {t('table.filter')}
      </label>
      <input
        id={filterId}
        type="search"
        class="input"
        placeholder={t('table.filter')}
        value={props.filter}
        onInput={(event) => props.setFilter(event.currentTarget.value)}
      />
      <span class="tools__count" role="status">
        {t('table.count', { shown: props.shown, n: props.total, count: props.total })}
      </span>
      <details class="menu">
        <summary class="button button--quiet">{t('table.columns')}</summary>
        <div class="menu__body">
          {props.columns.map((column) => (
            <label key={column.key} class="check">
              <input
                type="checkbox"
                checked={!props.hidden.has(column.key)}
                onChange={() => toggle(column.key)}
              />
              {column.title}
            </label>
          ))}
        </div>
      </details>
      <button type="button" class="button button--quiet" onClick={() => void copy()}>
        {t('table.copy')}
      </button>
      <button type="button" class="button button--quiet" onClick={() => downloadCsv(props.sheet())}>
        CSV
      </button>
      <button type="button" class="button button--quiet" onClick={() => void downloadXlsx(props.sheet())}>
        XLSX
      </button>
    </div>
  );
}
