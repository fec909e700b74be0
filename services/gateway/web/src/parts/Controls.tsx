// Small controls used everywhere.

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useStore, useT, useUrl } from '../store/hooks';
import type { UrlState } from '../url/state';
import { Icon } from './Icon';

/** A link inside the page: an ordinary address that does not reload. */
export function Go(props: {
  to: Partial<UrlState>;
  class?: string;
  children: ComponentChildren;
  label?: string;
  /** What the link leads to, told before one follows it. */
  title?: string;
  current?: boolean;
}) {
  const store = useStore();
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    event.preventDefault();
    store.go(props.to);
  };
  return (
    <a
      href={store.href(props.to)}
      class={props.class}
      onClick={onClick}
      aria-label={props.label}
      title={props.title}
      aria-current={props.current ? 'page' : undefined}
    >
      {props.children}
    </a>
  );
}

export function RegionName({ code }: { code: string }) {
  return <>{useStore().names.name(code)}</>;
}

export interface Option {
  value: string;
  label: string;
}

export function Segments(props: {
  label: string;
  options: Option[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <div class="segments" role="group" aria-label={props.label}>
      {props.options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === props.value}
          onClick={() => props.onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

export function Select(props: {
  label: string;
  options: Option[];
  value: string;
  onChange: (value: string) => void;
  hideLabel?: boolean;
}) {
  const id = useId();
  return (
    <div class="field field--inline">
      <label for={id} class={props.hideLabel ? 'hidden' : ''}>
        {props.label}
      </label>
      <select
        id={id}
        class="input"
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export function TextField(props: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string;
  type?: string;
  required?: boolean;
  lines?: number;
  error?: string;
}) {
  const id = useId();
  const shared = {
    id,
    class: 'input',
    value: props.value,
    required: props.required,
    'aria-describedby': props.hint || props.error ? `${id}-hint` : undefined,
    'aria-invalid': props.error ? true : undefined,
    onInput: (event: { currentTarget: { value: string } }) => props.onInput(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.lines ? (
        <textarea rows={props.lines} {...shared} />
      ) : (
        <input type={props.type ?? 'text'} {...shared} />
      )}
      {(props.error || props.hint) && (
        <p id={`${id}-hint`} class={props.error ? 'field__error' : 'field__hint'}>
          {props.error || props.hint}
        </p>
      )}
    </div>
  );
}

/** A modal dialog: Escape and the close button leave it, focus returns to where it was. */
export function Dialog(props: {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const t = useT();
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (props.open && !dialog.open) dialog.showModal();
    if (!props.open && dialog.open) dialog.close();
  }, [props.open]);
  return (
    <dialog
      ref={element}
      class={`dialog ${props.wide ? 'dialog--wide' : ''}`}
      aria-labelledby={id}
      onClose={props.onClose}
      onClick={(event) => event.target === element.current && props.onClose()}
    >
      {props.open && (
        <div class="dialog__inner">
          <div class="dialog__head">
            <h2 id={id}>{props.title}</h2>
            <button
              type="button"
              class="button button--icon"
              aria-label={t('action.close')}
              onClick={props.onClose}
            >
              <Icon name="close" />
            </button>
          </div>
          {props.children}
        </div>
      )}
    </dialog>
  );
}

export function Badge({
  tone,
  children,
}: {
  tone: 'good' | 'bad' | 'warn' | 'calm' | 'accent';
  children: ComponentChildren;
}) {
  return <span class={`badge badge--${tone}`}>{children}</span>;
}

/** Marks what always shows the present, while the rest of the page is held in the past. */
export function NowMark() {
  const t = useT();
  const { heldAt } = useUrl();
  return heldAt === '' ? null : <Badge tone="warn">{t('asOf.nowMark')}</Badge>;
}

/** "12 perubahan · muat": the list waits for this before it reorders. */
export function PendingOrder({ pending, onLoad }: { pending: number; onLoad: () => void }) {
  const t = useT();
  if (pending === 0) return null;
  return (
    <button type="button" class="button button--pending" onClick={onLoad}>
      {t('list.pending', { n: pending, count: pending })}
    </button>
  );
}
