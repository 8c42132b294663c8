import { useState } from "preact/hooks";
import { t } from "../texts";
import type { Wish } from "./wish";

const PATIENCE_MS = 15000;

/** Asks for the position only when told to; it goes to the Worker and nowhere else. */
export function Near({ wish, onChange }: { wish: Wish; onChange(part: Partial<Wish>): void }) {
  const [state, setState] = useState<"idle" | "asking" | "refused">("idle");
  const ask = () => {
    if (!("geolocation" in navigator)) {
      setState("refused");
      return;
    }
    setState("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState("idle");
        onChange({ near: { lat: coords.latitude, lon: coords.longitude }, sort: "distance" });
      },
      () => setState("refused"),
      { timeout: PATIENCE_MS, maximumAge: 600000 },
    );
  };
  const pressed = wish.near !== undefined && wish.sort === "distance";
  return (
    <div class="near">
      <button type="button" class="secondary" aria-pressed={pressed} onClick={ask} data-near>
        {t("find.near")}
      </button>
      <span class="hint" role="status">
        {t(state === "asking" ? "find.near.asking" : state === "refused" ? "find.near.refused" : "find.near.privacy")}
      </span>
    </div>
  );
}
