import type { CityPlan } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { Place } from "../language/place";
import { t } from "../texts";

interface Props {
  engine: Engine;
  plan: CityPlan;
  places: (string | undefined)[];
}

/** Where in the plan something stands, and how sure that is. */
export function Basis({ engine, plan, places }: Props) {
  const status = engine.policy.sources[plan.source]?.status ?? "recalled";
  const doubtful = status === "single" || status === "recalled";
  const named = [...new Set(places.filter((one) => one !== undefined))];
  return (
    <p class="hint">
      <Place place={named.join("\uff1b")}>{(place) => t("plan.place", { place })}</Place>{" "}
      <span class={doubtful ? "badge confirm" : "badge"}>{t(`source.status.${status}`)}</span>
    </p>
  );
}
