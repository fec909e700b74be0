// A block of a screen: heading, one line of context, a picture, and the table behind it.

import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useT, useTable } from '../store/hooks';
import { DataTable, type DataTableProps } from './DataTable';
import { Icon } from './Icon';

interface PanelProps {
  title: string;
  note?: ComponentChildren;
  actions?: ComponentChildren;
  class?: string;
  children: ComponentChildren;
}

export function Panel({ title, note, actions, class: name = '', children }: PanelProps) {
  const id = useId();
  return (
    <section class={`panel ${name}`} aria-labelledby={id}>
      <header class="panel__head">
        <div>
          <h2 id={id}>{title}</h2>
          {note && <p class="panel__note">{note}</p>}
        </div>
        {actions && <div class="panel__actions no-print">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** Where figures come from and as of when; nothing before there are any. */
export function SourceLine({ text, quiet = false }: { text: string; quiet?: boolean | undefined }) {
  return text === '' ? null : <p class={quiet ? 'source print-only' : 'source'}>{text}</p>;
}

/** A picture whose table is one key (t) or one button away. */
export function Picture<Row>(
  props: PanelProps & {
    table: DataTableProps<Row>;
    before?: ComponentChildren;
    after?: ComponentChildren;
    /** The source line only with the table and on paper. */
    quietSource?: boolean;
  },
) {
  const t = useT();
  const [{ open: asTable }, setTable] = useTable(props.table.id);
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.key !== 't' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest('input, select, textarea')) return;
    event.stopPropagation();
    setTable({ open: !asTable });
  };
  return (
    <div class={`picture ${props.class ?? ''}`} onKeyDown={onKeyDown}>
      <Panel
        title={props.title}
        note={props.note}
        actions={
          <>
            {props.actions}
            <button
              type="button"
              class="button button--quiet"
              aria-pressed={asTable}
              aria-keyshortcuts="t"
              onClick={() => setTable({ open: !asTable })}
            >
              <Icon name="table" size={16} /> {t('picture.table')}
            </button>
          </>
        }
      >
        {props.before}
        {asTable ? <DataTable {...props.table} /> : props.children}
        {props.after}
        <SourceLine text={props.table.source} quiet={props.quietSource && !asTable} />
      </Panel>
    </div>
  );
}
