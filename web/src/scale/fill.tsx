import { useRef } from "preact/hooks";
import { answer, subjectLabel } from "../household";
import { path } from "../route";
import { say, t } from "../texts";
import type { OneScaleProps } from "./one-scale";
import { gradeText } from "./words";

/** Offers the grade for the household's answers. Nothing is filled in unless the visitor says so. */
export function Fill({ engine, household, scale, score, elder }: OneScaleProps) {
  const { fills } = scale;
  const filled = useRef<HTMLParagraphElement>(null);
  const fact = fills === undefined ? undefined : engine.policy.facts[fills.fact];
  if (fills === undefined || fact === undefined) return null;
  const value = score.settles?.value;
  const now = elder?.facts[fills.fact];
  const gradeOf = (one: unknown) => gradeText(scale, scale.grades[fills.values.indexOf(String(one))]?.id ?? "");
  const fill = (subject: string, value: string) => {
    answer({ subject, fact: fills.fact }, value);
    // The button goes away; the reader stays where it was.
    filled.current?.focus();
  };
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
          <p role="status" ref={filled} tabIndex={-1} data-filled={now ?? ""}>
            {now === undefined ? t("scale.fill.empty") : t("scale.fill.now", { value: gradeOf(now) })}
          </p>
          {now === value ? (
            <p class="actions">
              <a class="secondary" href={path.result}>
                {t("scale.fill.result")}
              </a>
            </p>
          ) : (
            <button type="button" class="primary" onClick={() => fill(elder.id, value)} data-fill={value}>
              {t("scale.fill.button", { value: gradeOf(value), whom: subjectLabel(household, engine.policy, elder.id) })}
            </button>
          )}
        </>
      )}
    </section>
  );
}
