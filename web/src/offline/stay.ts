// Lets the page stay on the device, so that it opens at once and without a network. Where that is not possible nothing else changes.
import type { Engine } from "../engine";
import { whenIdle } from "../idle";

const LATER_MS = 6000;
// Read before anything else happens: a newer worker may take over while the page starts.
const gavePage = "serviceWorker" in navigator ? navigator.serviceWorker.controller : null;

export function stayWhenIdle(engine: Engine) {
  // Inside of another page this one does not ask for room on the device.
  if (!("serviceWorker" in navigator) || window.top !== window) return;
  whenIdle(
    LATER_MS,
    () => navigator.onLine && import("./worker").then(({ startWorker }) => startWorker(engine, gavePage)).catch(() => undefined),
  );
}
