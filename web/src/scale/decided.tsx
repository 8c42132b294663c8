import { isCoreError } from "../../../wasm/js/types";
import { path } from "../route";
import { say, t } from "../texts";
import { givenTo, toScore } from "./answers";
import type { OneScaleProps } from "./one-scale";
import { openSteps, stepsOf } from "./steps";
import { gradesText, optionText } from "./words";

/** While the grade is open: what it still hangs on. Once it is known: which single answers it hangs on. */
export function Decided({ advice, scale, given, score }: OneScaleProps) {
  const steps = stepsOf(scale);
  if (score.grades.length > 1) {
    const open = openSteps(score);
    const wanted = steps.filter(({ id }) => open.get(id) === true);
    const idle = [...open.values()].filter((changes) => !changes).length;
    return (
      <section aria-labelledby="scale-wanted">
        <h2 id="scale-wanted">{t("scale.wanted")}</h2>
        <ul class="parts">
          {wanted.map(({ id, ask }) => (
            <li key={id} data-wanted={id}>
              <a href={path.scaleStep(scale.id, id, "result")}>{say(ask)}</a>
            </li>
          ))}
        </ul>
        {idle > 0 && <p class="hint">{t("scale.idle.count", { n: String(idle) })}</p>}
      </section>
    );
  }
  // Without this one answer, which grades there would be.
  const deciding = steps.flatMap((step) => {
    const value = givenTo(given, step.id);
    if (value === undefined) return [];
    const { [step.id]: _item, ...answers } = given.answers;
    const { [step.id]: _flag, ...flags } = given.flags;
    const without = advice.score(toScore(scale, { answers, flags, unsure: [] }));
    if (isCoreError(without) || without.grades.length < 2) return [];
    return [{ step, value, others: without.grades.filter((grade) => grade !== score.grades[0]) }];
  });
  return (
    <section aria-labelledby="scale-decided">
      <h2 id="scale-decided">{t("scale.decided")}</h2>
      {deciding.length === 0 ? (
        <p>{t("scale.decided.none")}</p>
      ) : (
        <>
          <p>{t("scale.decided.text")}</p>
          <ul class="rows">
            {deciding.map(({ step, value, others }) => (
              <li key={step.id} data-deciding={step.id}>
                <strong>{say(step.ask)}</strong> {optionText(step, value)}
                <span class="hint">{t("scale.decided.else", { grades: gradesText(scale, others) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {score.open_items.length + score.open_flags.length > 0 && (
        <p class="hint">{t("scale.idle.count", { n: String(score.open_items.length + score.open_flags.length) })}</p>
      )}
    </section>
  );
}
