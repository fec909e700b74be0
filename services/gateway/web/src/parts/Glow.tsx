import { useEffect, useRef } from 'preact/hooks';

/** A figure that lights up once, in place, when it changes. The first value does not glow. */
export function Glow({ text, title, class: name = '' }: { text: string; title?: string; class?: string }) {
  const element = useRef<HTMLSpanElement>(null);
  const before = useRef(text);
  useEffect(() => {
    const node = element.current;
    if (!node || before.current === text) return;
    before.current = text;
    node.classList.remove('glow--on');
    void node.offsetWidth;
    node.classList.add('glow--on');
  }, [text]);
  return (
    <span ref={element} class={`glow ${name}`} title={title}>
      {text}
    </span>
  );
}
