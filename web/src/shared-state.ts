// A value outside of all components that they are drawn from, and drawn again when it changes.
import { useEffect, useState } from "preact/hooks";

export interface SharedState<T> {
  get(): T;
  set(next: T): void;
  /** In a component: the value now and after every change. */
  use(): T;
}

export function sharedState<T>(initial: T): SharedState<T> {
  const listeners = new Set<(value: T) => void>();
  let current = initial;
  return {
    get: () => current,
    set(next) {
      current = next;
      for (const listener of listeners) listener(next);
    },
    use() {
      const [shown, setShown] = useState(current);
      useEffect(() => {
        listeners.add(setShown);
        setShown(current);
        return () => {
          listeners.delete(setShown);
        };
      }, []);
      return shown;
    },
  };
}
