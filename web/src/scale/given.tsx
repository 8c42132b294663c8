import { path } from "../route";
import { say, t } from "../texts";
import { givenTo } from "./answers";
import type { OneScaleProps } from "./one-scale";
import { stepsOf } from "./steps";
import { optionText } from "./words";

/** What was answered, each with a way to change it. */
export function Given({ scale, given }: OneScaleProps) {
  return (
    <details class="answers">
      <summary>{t("web.result.answers")}</summary>
      <ul>
        {stepsOf(scale).map((step) => {
          const value = givenTo(given, step.id);
          return (
            <li key={step.id}>
              {say(step.ask)}{" "}
              <strong>
                {value !== undefined ? optionText(step, value) : t(given.unsure.includes(step.id) ? "scale.unsure" : "scale.unanswered")}
              </strong>{" "}
              <a href={path.scaleStep(scale.id, step.id, "result")} aria-label={t("scale.change", { item: say(step.ask) })}>
                {t("web.result.answers.change")}
              </a>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
