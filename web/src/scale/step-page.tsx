// One item a page. A choice is kept at once, so that the estimate below follows it; the button only goes on.
import { useState } from "preact/hooks";
import { subjectLabel } from "../household";
import { Page } from "../page";
import { back, go, path } from "../route";
import { say, t } from "../texts";
import { give, givenTo } from "./answers";
import type { OneScaleProps } from "./one-scale";
import { openSteps, type Step, stepsOf } from "./steps";
import { bandText, fullOf, gradesText, optionText, pointsText, toConfirm } from "./words";

interface Props extends OneScaleProps {
  step: Step;
  after: "next" | "result";
}

export function StepPage({ engine, household, elder, scale, given, score, step, after }: Props) {
  const [wrong, setWrong] = useState(false);
  const part = say(step.dimension ?? scale.title);
  const several = elder !== undefined && household.subjects.filter(({ kind }) => kind === "elder").length > 1;
  const steps = stepsOf(scale);
  const at = steps.findIndex(({ id }) => id === step.id);
  const value = givenTo(given, step.id);
  const following = after === "result" ? undefined : steps[at + 1];
  const goOn = () => go(path.scaleStep(scale.id, following?.id ?? "result"));
  const submit = (event: Event) => {
    event.preventDefault();
    if (value === undefined) setWrong(true);
    else goOn();
  };
  const notSure = () => {
    give(scale.id, step.id, undefined);
    goOn();
  };
  return (
    <>
      <div class="progress">
        <progress value={at + 1} max={steps.length} aria-label={t("web.question.progress.label")} />
        <p>{t("scale.step", { n: String(at + 1), total: String(steps.length) })}</p>
      </div>
      <Page title={say(step.ask)} lead={several ? t("scale.lead", { whom: subjectLabel(household, engine.policy, elder.id), part }) : part}>
        {step.help !== undefined && (
          <p class="help" id="scale-help">
            {say(step.help)}
          </p>
        )}
        {toConfirm(engine.policy, step.cite) && (
          <p class="note">
            <span class="badge confirm">{t("web.result.to_confirm")}</span> {t("scale.confirm.item")}
          </p>
        )}
        <Idle scale={scale} score={score} steps={steps} at={at} />
        <form onSubmit={submit}>
          <fieldset aria-describedby={step.help === undefined ? undefined : "scale-help"}>
            <legend class="skip">{say(step.ask)}</legend>
            {wrong && value === undefined && (
              <p class="wrong" role="alert">
                {t("scale.choose.one")}
              </p>
            )}
            <div class="choices">
              {step.options.map((one) => (
                <label class="choice" key={String(one.value)}>
                  <input
                    type="radio"
                    name="option"
                    value={String(one.value)}
                    checked={value === one.value}
                    onChange={() => give(scale.id, step.id, one.value)}
                  />
                  <span>{optionText(step, one.value)}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <button type="submit" class="primary">
            {t(following === undefined ? (after === "result" ? "web.question.save" : "scale.result.link") : "web.question.next")}
          </button>
        </form>
        <button type="button" class="unknown" aria-pressed={given.unsure.includes(step.id)} onClick={notSure} data-unknown>
          {t("scale.unsure")}
        </button>
        <p class="actions">
          <button type="button" class="secondary" onClick={back} data-back>
            {t("web.question.back")}
          </button>
          <a class="secondary" href={path.scaleStep(scale.id, "result")}>
            {t("web.question.result")}
          </a>
        </p>
        <Now scale={scale} score={score} />
      </Page>
    </>
  );
}

/** This answer cannot change the grade any more: a way past it. */
function Idle({ scale, score, steps, at }: Pick<Props, "scale" | "score"> & { steps: Step[]; at: number }) {
  const open = openSteps(score);
  if (open.get(steps[at]?.id ?? "") !== false) return null;
  const next = steps.slice(at + 1).find(({ id }) => open.get(id) === true);
  return (
    <div class="help" data-idle>
      <p>{t(score.grades.length === 1 ? "scale.idle.all" : "scale.idle")}</p>
      <a class="secondary" href={path.scaleStep(scale.id, next?.id ?? "result")}>
        {t(next === undefined ? "scale.result.link" : "scale.idle.skip")}
      </a>
    </div>
  );
}

/** Where the answers so far lead. */
function Now({ scale, score }: Pick<Props, "scale" | "score">) {
  return (
    <section class="now" aria-labelledby="scale-now">
      <h2 id="scale-now">{t("scale.now")}</h2>
      <p role="status" data-grades={score.grades.join(" ")}>
        {t(score.grades.length === 1 ? "scale.grade.one" : "scale.grade.open", { grades: gradesText(scale, score.grades) })}
      </p>
      <ul>
        {score.dimensions.map((one) => (
          <li key={one.id} data-dimension={one.id} data-min={one.min} data-max={one.max}>
            {t("scale.dimension", {
              name: say(scale.dimensions.find(({ id }) => id === one.id)?.say) ?? "",
              points: pointsText(one, fullOf(scale, one.id)),
            })}
            {one.band !== undefined && <span class="hint"> {bandText(scale, one)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
