// A value whose details open by pointer, focus or touch, in place, and close with Escape.

import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useT } from '../store/hooks';

export function Hint({ children, details }: { children: ComponentChildren; details: ComponentChildren }) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const overhang = element.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (overhang > 0) element.style.left = `${-overhang}px`;
  }, [open]);
  return (
    <span
      class="hint"
      onPointerEnter={(event) => event.pointerType === 'mouse' && setOpen(true)}
      onPointerLeave={(event) => event.pointerType === 'mouse' && setOpen(false)}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      <button
        type="button"
        class="hint__value"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(!open)}
      >
        {children}
        <span class="hidden">, {t('figure.details')}</span>
      </button>
      {open && (
        <span class="hint__box" id={id} ref={box}>
          {details}
        </span>
      )}
    </span>
  );
}
