// A table with sort, filter, choice of columns, copy, CSV and XLSX. Long tables scroll virtually;
// how a person has set it is part of the address.

import type { ComponentChildren } from 'preact';
import { useId, useMemo, useRef } from 'preact/hooks';
import { useHeldOrder, useStore, useT, useTable } from '../store/hooks';
import { PendingOrder } from './Controls';
import { downloadCsv, downloadXlsx, toTsv, type CellValue, type Sheet } from './exports';
import { Glow } from './Glow';
import { useVirtualRows } from './useVirtual';

export interface Column<Row> {
  key: string;
  title: string;
  /** What sorts, filters and leaves in exports. */
  value: (row: Row) => CellValue;
  /** What is shown; the value when absent. Text of a number lights up when it changes. */
  cell?: (row: Row) => ComponentChildren;
  numeric?: boolean;
  /** Not in the first choice of columns. */
  optional?: boolean;
}

export interface DataTableProps<Row> {
  /** Its name in the address, the same in every language. */
  id: string;
  name: string;
  caption: string;
  rows: Row[];
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  source: string;
  height?: number;
  /** Rows that the server has beyond those that are here. */
  beyond?: { count: number; loading: boolean; load: () => void } | undefined;
}

const ROW_HEIGHT = 37;
const VIRTUAL_FROM = 120;

function compare(a: CellValue, b: CellValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'id', { numeric: true });
}

function matches<Row>(row: Row, columns: Column<Row>[], needle: string): boolean {
  return columns.some((column) =>
    String(column.value(row) ?? '')
      .toLocaleLowerCase('id')
      .includes(needle),
  );
}

/** The rows that match, in the order asked for. */
function arrange<Row>(rows: Row[], columns: Column<Row>[], filter: string, sort: string): Row[] {
  const needle = filter.trim().toLocaleLowerCase('id');
  const kept = needle ? rows.filter((row) => matches(row, columns, needle)) : rows;
  const descending = sort.startsWith('-');
  const by = sort && columns.find((column) => column.key === sort.replace('-', ''));
  if (!by) return kept;
  return [...kept].sort((a, b) => compare(by.value(a), by.value(b)) * (descending ? -1 : 1));
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const t = useT();
  const [table, setTable] = useTable(props.id);
  const scroller = useRef<HTMLDivElement>(null);
  const columns =
    table.columns.length > 0
      ? props.columns.filter((column) => table.columns.includes(column.key))
      : props.columns.filter((column) => !column.optional);
  const arranged = useMemo(
    () => arrange(props.rows, props.columns, table.filter, table.sort),
    [props.rows, props.columns, table.filter, table.sort],
  );
  const held = useHeldOrder(arranged, props.keyOf, `${table.sort}/${table.filter}`);
  const { rows } = held;

  const virtual = rows.length > VIRTUAL_FROM;
  const window = useVirtualRows(virtual ? rows.length : 0, ROW_HEIGHT, scroller);
  const shown = virtual ? window.items.map((item) => item.index) : rows.map((_, index) => index);
  const sheet = (): Sheet => ({
    name: props.name,
    header: columns.map((column) => column.title),
    rows: rows.map((row) => columns.map((column) => column.value(row))),
    source: props.source,
  });
  const sorted = (key: string) =>
    table.sort === key ? 'ascending' : table.sort === `-${key}` ? 'descending' : 'none';
  const toggleSort = (key: string) => {
    const next = { none: key, ascending: `-${key}`, descending: '' };
    setTable({ sort: next[sorted(key)] });
  };

  return (
    <div class="datatable">
      <TableTools
        columns={props.columns}
        shownColumns={columns.map((column) => column.key)}
        onColumns={(keys) => setTable({ columns: keys })}
        filter={table.filter}
        onFilter={(filter) => setTable({ filter })}
        sheet={sheet}
        shown={rows.length}
        total={props.rows.length + (props.beyond?.count ?? 0)}
      >
        <PendingOrder pending={held.pending} onLoad={held.load} />
      </TableTools>
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
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  aria-sort={sorted(column.key)}
                  class={column.numeric ? 'number' : ''}
                >
                  <button type="button" class="datatable__sort" onClick={() => toggleSort(column.key)}>
                    {column.title}
                    <span aria-hidden="true" class="datatable__arrow">
                      {{ none: '', ascending: '↑', descending: '↓' }[sorted(column.key)]}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {virtual && window.before > 0 && <SpaceRow height={window.before} span={columns.length} />}
            {shown.map((index) => {
              const row = rows[index];
              return (
                row !== undefined && (
                  <tr key={props.keyOf(row)}>
                    {columns.map((column) => (
                      <Cell key={column.key} column={column} row={row} />
                    ))}
                  </tr>
                )
              );
            })}
            {virtual && window.after > 0 && <SpaceRow height={window.after} span={columns.length} />}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p class="datatable__none">{table.filter ? t('table.noMatch') : t('table.none')}</p>
        )}
      </div>
      {props.beyond && props.beyond.count > 0 && (
        <button
          type="button"
          class="button datatable__more"
          disabled={props.beyond.loading}
          onClick={props.beyond.load}
        >
          {t('table.more', { n: props.beyond.count, count: props.beyond.count })}
        </button>
      )}
    </div>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const t = useT();
  const shown = column.cell ? column.cell(row) : (column.value(row) ?? t('figure.noData'));
  return (
    <td class={column.numeric ? 'number' : ''}>
      {column.numeric && typeof shown === 'string' ? <Glow text={shown} /> : shown}
    </td>
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
  shownColumns: string[];
  onColumns: (keys: string[]) => void;
  filter: string;
  onFilter: (text: string) => void;
  sheet: () => Sheet;
  shown: number;
  total: number;
  children: ComponentChildren;
}

function TableTools(props: ToolsProps) {
  const t = useT();
  const store = useStore();
  const filterId = useId();
  const toggle = (key: string) => {
    const next = props.columns
      .map((column) => column.key)
      .filter((other) => (other === key) !== props.shownColumns.includes(other));
    if (next.length > 0) props.onColumns(next);
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
        onInput={(event) => props.onFilter(event.currentTarget.value)}
      />
      <span class="tools__count" role="status">
        {t('table.count', { shown: props.shown, n: props.total, count: props.total })}
      </span>
      {props.children}
      <details
        class="menu"
        onKeyDown={(event) => event.key === 'Escape' && (event.currentTarget.open = false)}
        onFocusOut={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null))
            event.currentTarget.open = false;
        }}
      >
        <summary class="button button--quiet">{t('table.columns')}</summary>
        <div class="menu__body" tabIndex={-1}>
          {props.columns.map((column) => (
            <label key={column.key} class="check">
              <input
                type="checkbox"
                checked={props.shownColumns.includes(column.key)}
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
