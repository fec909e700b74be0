// Parts that are loaded when first shown.

import type { ComponentChildren, ComponentType } from 'preact';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

const Waiting = createContext<ComponentChildren>(null);

export function Suspense({ waiting, children }: { waiting: ComponentChildren; children: ComponentChildren }) {
  return <Waiting.Provider value={waiting}>{children}</Waiting.Provider>;
}

/** A component that shows what `Suspense` holds until its code is here. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const waiting = useContext(Waiting);
    const [, redraw] = useState(0);
    const [failure, setFailure] = useState<unknown>(null);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          redraw(1);
        },
        (cause: unknown) => setFailure(cause),
      );
    }, []);
    if (failure) throw failure;
    const Component = loaded;
    return Component ? <Component {...props} /> : <>{waiting}</>;
  };
}
