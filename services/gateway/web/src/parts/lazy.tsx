// Parts that are loaded when first shown.

import type { ComponentChildren, ComponentType } from 'preact';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { PartFailed } from './States';

const Waiting = createContext<{ waiting: ComponentChildren; page: boolean }>({ waiting: null, page: false });

/** `page` means that the parts inside are whole screens. */
export function Suspense(props: { waiting: ComponentChildren; page?: boolean; children: ComponentChildren }) {
  const { waiting, page = false, children } = props;
  return <Waiting.Provider value={{ waiting, page }}>{children}</Waiting.Provider>;
}

/** A component that shows what `Suspense` holds until its code is here, and says when it cannot come. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const { waiting, page } = useContext(Waiting);
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    const fetch = () => {
      setFailed(false);
      load().then(
        (component) => {
          loaded = component;
          redraw(1);
        },
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (!loaded) fetch();
    }, []);
    const Component = loaded;
    if (Component) return <Component {...props} />;
    return failed ? <PartFailed onRetry={fetch} page={page} /> : <>{waiting}</>;
  };
}
