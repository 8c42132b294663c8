import type { Scale, Score, Subject } from "../../../wasm/js/types";
import type { Given } from "./answers";
import type { ScaleProps } from "./scale-page";

/** What every page of one scale is drawn from. */
export interface OneScaleProps extends ScaleProps {
  scale: Scale;
  given: Given;
  score: Score;
  /** Whom it is about, once somebody was named. */
  elder: Subject | undefined;
}
