// What is downloaded to speak a language: its messages, those of the later pages once one was wanted, and the translations of the pack's texts.
import { sharedState } from "../shared-state";
import { addTexts, CHINESE, type Language, language, setLanguage } from "../texts";

export interface Speech {
  /** Chinese, and what the visitor wants if it can be had. */
  start(wanted: Language, cache: RequestCache): Promise<void>;
  /** Changes to the language once all of it is there; until then, and when it cannot be had, the page stays as it is. */
  speak(next: Language): Promise<void>;
  /** The texts of the pages that are entered later. */
  later(cache: RequestCache): Promise<void>;
}

const missed = sharedState<Language | undefined>(undefined);
/** The language that was wanted and could not be had. */
export const useMissed = missed.use;

export function speech(load: (name: string, cache: RequestCache) => Promise<Record<string, string>>): Speech {
  const held = new Set<string>();
  let withLater = false;

  async function fetchPart(of: Language, part: string, cache: RequestCache) {
    const name = `${part}.${of}`;
    if (held.has(name)) return;
    addTexts(of, await load(name, cache));
    held.add(name);
  }
  async function fetchAll(of: Language, cache: RequestCache) {
    const parts = of === CHINESE ? ["texts"] : ["texts", "pack"];
    if (withLater) parts.push("later");
    await Promise.all(parts.map((part) => fetchPart(of, part, cache)));
  }
  let turn = 0;
  async function change(next: Language, cache: RequestCache) {
    const mine = ++turn;
    try {
      await fetchAll(next, cache);
      // A later page may have been wanted meanwhile.
      await fetchAll(next, cache);
      if (mine !== turn) return;
      missed.set(undefined);
      setLanguage(next);
    } catch {
      if (mine === turn) missed.set(next);
    }
  }
  return {
    async start(wanted, cache) {
      const other = wanted === CHINESE ? undefined : change(wanted, cache);
      await fetchPart(CHINESE, "texts", cache);
      await other;
    },
    speak: (next) => change(next, missed.get() === next ? "reload" : "default"),
    later(cache) {
      withLater = true;
      return fetchAll(language(), cache);
    },
  };
}
