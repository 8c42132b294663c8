// What visitors answer: in memory, and in this browser's storage while they want it kept there. Nowhere else.
import { type SharedState, sharedState } from "./shared-state";

/** There while the visitor wants nothing kept. */
const OFF = "chuncheng.keep-off";
/** Of the household with its scales, and of an institution. */
export const ANSWERS = ["chuncheng.answers", "chuncheng.estimate"] as const;

const all: { forget(): void; keep(): void }[] = [];

/** `read`: the answers of what was kept, which may be anything; nothing was when it is empty. */
export function kept<T>(key: (typeof ANSWERS)[number], read: (stored: Record<string, unknown>) => T): SharedState<T> {
  const state = sharedState(read(stored(key)));
  const keep = () => {
    try {
      if (!keepsAnswers()) return;
      const text = JSON.stringify(state.get());
      if (text === JSON.stringify(read({}))) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    } catch {
      // Private mode or full: the answers still live in memory.
    }
  };
  const set = (next: T) => {
    state.set(next);
    keep();
  };
  all.push({ forget: () => state.set(read({})), keep });
  return { ...state, set };
}

function stored(key: string): Record<string, unknown> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

export function keepsAnswers(): boolean {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return false;
  }
}

/** Off: the answers live until the page is closed, and what was kept of them is gone. */
export function keepAnswers(on: boolean) {
  try {
    if (on) localStorage.removeItem(OFF);
    else {
      localStorage.setItem(OFF, "1");
      for (const key of ANSWERS) localStorage.removeItem(key);
    }
  } catch {
    // No storage: nothing is kept anyway.
  }
  for (const one of all) one.keep();
}

/** From memory; clear.ts empties the storage. */
export function forgetAnswers() {
  for (const one of all) one.forget();
}
