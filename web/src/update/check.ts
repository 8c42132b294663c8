// Checks for newer data, when the page is idle after the start and when the visitor asks; the about page shows how it goes.
import { useEffect, useState } from "preact/hooks";
import { dataBase, type Engine, opensPolicy } from "../engine";
import type { Outcome } from "./install";
import { newestInstalled, noteInstalled } from "./note";

export type UpdateState = "idle" | "checking" | { percent: number } | { outcome: Outcome; date: string };

const LATER_MS = 4000;
const listeners = new Set<(state: UpdateState) => void>();
let state: UpdateState = "idle";

function set(next: UpdateState) {
  state = next;
  for (const listener of listeners) listener(next);
}

export function useUpdate(): UpdateState {
  const [shown, setShown] = useState(state);
  useEffect(() => {
    listeners.add(setShown);
    setShown(state);
    return () => {
      listeners.delete(setShown);
    };
  }, []);
  return shown;
}

export async function checkForUpdate(engine: Engine) {
  if (state === "checking" || (typeof state === "object" && "percent" in state)) return;
  set("checking");
  const date = engine.manifest.data_date;
  try {
    const { update } = await import("./install");
    const using = { manifest: engine.manifest, text: engine.manifestText, base: dataBase() };
    const { outcome, manifest } = await update(using, SNAPSHOT_KEY, opensPolicy, (bytes, all) =>
      set({ percent: Math.min(100, Math.floor((100 * bytes) / all)) }),
    );
    if (manifest !== undefined && manifest.counter > newestInstalled()) noteInstalled(manifest.counter);
    set({ outcome, date: manifest?.data_date ?? date });
  } catch {
    set({ outcome: "network", date });
  }
}

/** Once a visit, when nothing else is going on: keeps the data in use as the last good one, then looks for newer data. */
export function checkWhenIdle(engine: Engine) {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData === true) return;
  setTimeout(async () => {
    if (!navigator.onLine) return;
    const { keepUsed } = await import("./install").catch(() => ({ keepUsed: undefined }));
    await keepUsed?.({ manifest: engine.manifest, text: engine.manifestText, base: dataBase() });
    await checkForUpdate(engine);
  }, LATER_MS);
}
