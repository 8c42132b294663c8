// Everything this site has on the device: answers, settings, data downloaded for the next visit.
import { forget, storedNames } from "../../wasm/js/store";
import { forgetAnswers } from "./kept";

const OURS = "chuncheng";

/** Removes the answers from memory, and everything the site ever stored here. */
export async function clearDevice(): Promise<void> {
  forgetAnswers();
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
