// Lets the page stay on the device, so that it opens at once and without a network. Where that is not possible nothing else changes.
import type { Engine } from "../engine";
import { whenIdle } from "../idle";

const LATER_MS = 6000;

export function stayWhenIdle(engine: Engine) {
  // Inside of another page this one does not ask for room on the device.
  if (!("serviceWorker" in navigator) || window.top !== window) return;
  const { controller } = navigator.serviceWorker;
  whenIdle(
    LATER_MS,
    () => navigator.onLine && import("./worker").then(({ startWorker }) => startWorker(engine, controller)).catch(() => undefined),
  );
}
