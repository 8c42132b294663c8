// Checks for newer data, when the page is idle after the start and when the visitor asks; the about page shows how it goes.
import { dataBase, type Engine, opensPolicy } from "../engine";
import { whenIdle } from "../idle";
import { sharedState } from "../shared-state";
import type { Outcome } from "./install";
import { newestInstalled, noteInstalled } from "./note";

export type UpdateState = "idle" | "checking" | { percent: number } | { outcome: Outcome; date: string };

const LATER_MS = 4000;
const state = sharedState<UpdateState>("idle");

export const useUpdate = state.use;

export async function checkForUpdate(engine: Engine) {
  const now = state.get();
  if (now === "checking" || (typeof now === "object" && "percent" in now)) return;
  state.set("checking");
  const date = engine.manifest.data_date;
  try {
    const { update } = await import("./install");
    const using = { manifest: engine.manifest, text: engine.manifestText, base: dataBase() };
    const { outcome, manifest } = await update(using, SNAPSHOT_KEY, opensPolicy, (bytes, all) =>
      state.set({ percent: Math.min(100, Math.floor((100 * bytes) / all)) }),
    );
    if (manifest !== undefined && manifest.counter > newestInstalled()) noteInstalled(manifest.counter);
    state.set({ outcome, date: manifest?.data_date ?? date });
  } catch {
    state.set({ outcome: "network", date });
  }
}

/** Once a visit, when nothing else is going on: keeps the data in use as the last good one, then looks for newer data. */
export function checkWhenIdle(engine: Engine) {
  whenIdle(LATER_MS, async () => {
    if (!navigator.onLine) return;
    const { keepUsed } = await import("./install").catch(() => ({ keepUsed: undefined }));
    await keepUsed?.({ manifest: engine.manifest, text: engine.manifestText, base: dataBase() });
    await checkForUpdate(engine);
  });
}
