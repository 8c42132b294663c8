// Starts the service worker, and tells the visitor when a newer build of the page is there.
import { render } from "preact";
import type { Engine } from "../engine";
import { laterStyles } from "../later-styles";
import { t } from "../texts";
import "../trusted";

const HOUR_MS = 3_600_000;

/** `before`: the worker that gave this page, if one did. */
export async function startWorker(engine: Engine, before: ServiceWorker | null) {
  const workers = navigator.serviceWorker;
  // The first worker brings nothing new: it keeps the very page that is open.
  const changed = () => {
    if (before !== null && workers.controller !== before) void offer(engine);
  };
  workers.addEventListener("controllerchange", changed);
  changed();
  const url = new URL("service-worker.js", document.baseURI).href;
  const registration = await workers.register(url, { updateViaCache: "none" });
  // The browser looks for a newer one whenever the page is opened; an app on the phone's desk may stay open for days.
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < HOUR_MS) return;
    looked = Date.now();
    registration.update().catch(() => undefined);
  });
}

let offered = false;

// Said with the next page that is turned to, so that nothing moves under the eyes of somebody reading.
async function offer(engine: Engine) {
  if (offered) return;
  offered = true;
  await Promise.all([laterStyles(), engine.laterTexts("default")]);
  const place = document.createElement("div");
  place.setAttribute("role", "status");
  document.body.prepend(place);
  addEventListener("hashchange", () => render(<NewVersion />, place), { once: true });
}

function NewVersion() {
  return (
    <p class="new-version">
      <button type="button" class="secondary" onClick={() => location.reload()}>
        {t("offline.new.use")}
      </button>
    </p>
  );
}
