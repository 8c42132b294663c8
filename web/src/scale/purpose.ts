// What a visitor does with each scale: why to choose it, which full one follows a quick one, and what to look for afterwards.
import type { FacilityType } from "../../../wasm/js/types";
import type { TextKey } from "../texts";

interface Purpose {
  say: TextKey;
  /** The scale that gives the grade this one only guesses at. */
  full?: string;
  facilities: FacilityType[];
}

/** In the order they are offered. */
export const PURPOSE: Record<string, Purpose> = {
  ltc_37: { say: "scale.for.ltc_37", facilities: ["medical_care", "elder_home"] },
  ltc_37_screen: { say: "scale.for.ltc_37_screen", full: "ltc_37", facilities: ["medical_care", "elder_home"] },
  gbt_42195: { say: "scale.for.gbt_42195", facilities: ["elder_home", "day_care"] },
};
