import { isCoreError } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { currentHousehold, openQuestions } from "../household";
import { go, path } from "../route";

/** To the next question that can still change something; when none is left, to the result. */
export function goToNext(engine: Engine) {
  const household = currentHousehold();
  const result = engine.evaluate(household);
  const next = isCoreError(result) ? undefined : openQuestions(household, result)[0];
  go(next === undefined ? path.result : path.question(next));
}
