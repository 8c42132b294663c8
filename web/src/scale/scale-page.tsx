// Journey 2: the scales. A page to choose from, and for each a start, one question a page, and the result.
import { isCoreError, type Scale } from "../../../wasm/js/types";
import type { Advice } from "../advice";
import type { Engine } from "../engine";
import type { Household } from "../household";
import { Page } from "../page";
import { errorText, say } from "../texts";
import { givenFor, ratedElder, toScore } from "./answers";
import { Chooser } from "./chooser";
import { ScaleResult } from "./result";
import { Start } from "./start";
import { StepPage } from "./step-page";
import { stepsOf } from "./steps";

export interface ScaleProps {
  engine: Engine;
  advice: Advice;
  household: Household;
}
export type Part = { scale: string | undefined; step: string | undefined; after: "next" | "result" };

export function ScaleParts({ scale: id, step, after, ...props }: ScaleProps & Part) {
  const scale = props.advice.supplement.scales.find((one) => one.id === id);
  return scale === undefined ? <Chooser {...props} /> : <OneScale {...props} scale={scale} step={step} after={after} />;
}

function OneScale({ scale, step: id, after, ...props }: ScaleProps & Omit<Part, "scale"> & { scale: Scale }) {
  const given = givenFor(props.household, scale);
  const score = props.advice.score(toScore(scale, given));
  if (isCoreError(score)) {
    return (
      <Page title={say(scale.title)}>
        <p class="alert" role="alert">
          {errorText(score)}
        </p>
      </Page>
    );
  }
  const all = { ...props, scale, given, score, elder: ratedElder(props.household) };
  if (id === "result") return <ScaleResult {...all} />;
  const step = stepsOf(scale).find((one) => one.id === id);
  return step === undefined ? <Start {...all} /> : <StepPage {...all} step={step} after={after} />;
}
