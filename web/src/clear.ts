// What this site keeps on the device: answers, when the visitor wants them kept; settings; data downloaded for the next visit.
import { forget, storedNames } from "../../wasm/js/store";
import { currentHousehold, KEEP_OFF, KEY, setHousehold } from "./household";
import { clearScales } from "./scale/answers";

const OURS = "chuncheng";
/** Of the household, of the scales and of an institution. */
const ANSWERS = [KEY, "chuncheng.scales", "chuncheng.estimate"];

export function keepsAnswers(): boolean {
  try {
    return localStorage.getItem(KEEP_OFF) === null;
  } catch {
    return false;
  }
}

/** Off: the answers live until the page is closed, and what was kept of them is gone. */
export function keepAnswers(on: boolean) {
  try {
    if (on) localStorage.removeItem(KEEP_OFF);
    else {
      localStorage.setItem(KEEP_OFF, "1");
      for (const key of ANSWERS) localStorage.removeItem(key);
    }
  } catch {
    // No storage: nothing is kept anyway.
  }
  setHousehold({ ...currentHousehold() });
}

/** Removes the answers from memory, and everything the site ever stored here. */
export async function clearDevice(): Promise<void> {
  setHousehold({ subjects: [], skipped: [] });
  clearScales();
  for (const open of [() => localStorage, () => sessionStorage]) {
    try {
      const storage = open();
      for (const key of Object.keys(storage)) if (key.startsWith(OURS)) storage.removeItem(key);
    } catch {
      // No storage: nothing was kept.
    }
  }
  await Promise.all((await storedNames()).map(forget));
  if (!("caches" in globalThis)) return;
  // Other sites may share the origin; theirs are not ours to remove.
  for (const name of await caches.keys().catch((): string[] => [])) if (name.startsWith(OURS)) await caches.delete(name);
}
