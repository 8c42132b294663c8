import { useState } from "preact/hooks";
import { answer, subjectLabel } from "../household";
import { path } from "../route";
import { say, t } from "../texts";
import type { OneScaleProps } from "./one-scale";
import { gradeText } from "./words";

/** Offers the grade for the household's answers. Nothing is filled in unless the visitor says so. */
export function Fill({ engine, household, scale, score }: OneScaleProps) {
  const elders = household.subjects.filter(({ kind }) => kind === "elder");
  const [chosen, setChosen] = useState(elders.some(({ id }) => id === household.asking) ? household.asking : elders[0]?.id);
  const { fills } = scale;
  const fact = fills === undefined ? undefined : engine.policy.facts[fills.fact];
  if (fills === undefined || fact === undefined) return null;
  const value = score.settles?.value;
  const elder = elders.find(({ id }) => id === chosen);
  const now = elder?.facts[fills.fact];
  const gradeOf = (one: unknown) => gradeText(scale, scale.grades[fills.values.indexOf(String(one))]?.id ?? "");
  return (
    <section aria-labelledby="scale-fill">
      <h2 id="scale-fill">{t("scale.fill")}</h2>
      <p>{t("scale.fill.text", { question: say(fact.ask) ?? "" })}</p>
      {value === undefined ? (
        <p class="note">{t("scale.fill.open")}</p>
      ) : elder === undefined ? (
        <p class="actions">
          <a class="secondary" href={path.who}>
            {t("scale.fill.who")}
          </a>
        </p>
      ) : (
        <>
          {elders.length > 1 && (
            <fieldset class="choices">
              <legend>{t("scale.fill.whom")}</legend>
              {elders.map(({ id }) => (
                <label class="choice" key={id}>
                  <input type="radio" name="elder" value={id} checked={id === chosen} onChange={() => setChosen(id)} />
                  <span>{subjectLabel(household, engine.policy, id)}</span>
                </label>
              ))}
            </fieldset>
          )}
          <p role="status" data-filled={now ?? ""}>
            {now === undefined ? t("scale.fill.empty") : t("scale.fill.now", { value: gradeOf(now) })}
          </p>
          {now === value ? (
            <p class="actions">
              <a class="secondary" href={path.result}>
                {t("scale.fill.result")}
              </a>
            </p>
          ) : (
            <button type="button" class="primary" onClick={() => answer({ subject: elder.id, fact: fills.fact }, value)} data-fill={value}>
              {t("scale.fill.button", { value: gradeOf(value), whom: subjectLabel(household, engine.policy, elder.id) })}
            </button>
          )}
        </>
      )}
    </section>
  );
}
