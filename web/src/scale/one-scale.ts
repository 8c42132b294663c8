import type { Scale, Score } from "../../../wasm/js/types";
import type { Given } from "./answers";
import type { ScaleProps } from "./scale-page";

/** What every page of one scale is drawn from. */
export interface OneScaleProps extends ScaleProps {
  scale: Scale;
  given: Given;
  score: Score;
}
