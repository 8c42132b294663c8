// How the pages look and sound: kept in this browser, applied by settings/early.ts.
import { sharedState } from "./shared-state";

const KEY = "chuncheng.settings";
const early = window.settings;
const state = sharedState<Settings>(early?.kept ?? {});

export const useSettings = state.use;
pointerOf(state.get());

/** Undefined takes a setting back; with none left nothing is kept. */
export function changeSettings(part: Settings) {
  const next = JSON.stringify({ ...state.get(), ...part });
  try {
    if (next === "{}") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // No storage: for this visit only.
  }
  const settings: Settings = JSON.parse(next);
  early?.apply(settings);
  pointerOf(settings);
  state.set(settings);
}

/** The pictures come with the styles of the later pages. */
function pointerOf({ pointer, elder }: Settings) {
  document.documentElement.toggleAttribute("data-pointer", pointer ?? elder ?? false);
}
