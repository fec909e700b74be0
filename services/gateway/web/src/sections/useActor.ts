// Who acts. The name is typed once and kept in this browser tab only.

import { useState } from 'preact/hooks';

const KEY = 'sepakat.actor';

export function useActor(): [string, (name: string) => void] {
  const [actor, setActor] = useState(() => sessionStorage.getItem(KEY) ?? '');
  return [
    actor,
    (name) => {
      sessionStorage.setItem(KEY, name);
      setActor(name);
    },
  ];
}
