// Journey 4: what an institution may expect over some years. The form asks what the policy reads, the answer below follows every change.

import { useMemo, useRef } from "preact/hooks";
import { isCoreError } from "../../../wasm/js/types";
import type { Advice } from "../advice";
import { ClearButton } from "../clear-button";
import type { Engine } from "../engine";
import { Page } from "../page";
import { useUnfoldedPrint } from "../result/printing";
import { dateText, errorText, say, t } from "../texts";
import { Answer } from "./answer";
import { Choice, FactField } from "./fields";
import { Elders, Workers } from "./groups";
import { ORGANISATION, questionsFor } from "./questions";
import { clearRequest, institutionOf, MOST_YEARS, setFact, setOrganisation, setStart, setYears, starts, useRequest } from "./request";

export function Estimate({ engine, advice }: { engine: Engine; advice: Advice }) {
  useUnfoldedPrint();
  const { policy } = engine;
  const request = useRequest();
  const answerHeading = useRef<HTMLHeadingElement>(null);
  const institution = institutionOf(request);
  const organisation = institution.facts[ORGANISATION];
  const questions = useMemo(
    () => questionsFor(advice, policy, request.as_of, typeof organisation === "string" ? organisation : undefined),
    [request.as_of, organisation],
  );
  const answer = useMemo(() => advice.estimate(request), [request]);
  const kinds = policy.facts[ORGANISATION];
  const labels = kinds !== undefined && "values" in kinds ? kinds : undefined;
  const show = (event: Event) => {
    event.preventDefault();
    answerHeading.current?.focus();
    answerHeading.current?.scrollIntoView();
  };
  return (
    <Page title={t("web.estimate.title")}>
      <p>{t("estimate.intro")}</p>
      <form onSubmit={show} noValidate class="screen">
        <section aria-labelledby="institution">
          <h2 id="institution">{t("estimate.institution")}</h2>
          <Choice
            id="organisation"
            label={t("estimate.organisation")}
            help={say(kinds?.help)}
            options={[
              { value: "", label: t("estimate.choose") },
              ...questions.organisations.map((value) => ({ value, label: say(labels?.labels?.zh[labels.values.indexOf(value)]) ?? value })),
            ]}
            value={typeof organisation === "string" ? organisation : ""}
            onChange={(value) => setOrganisation(request, value === "" ? undefined : value)}
          />
          {organisation !== undefined &&
            questions.facts.institution?.map((name) => {
              const fact = policy.facts[name];
              return (
                fact && (
                  <FactField
                    key={`${organisation} ${name}`}
                    id={`fact-${name}`}
                    fact={fact}
                    value={institution.facts[name]}
                    save={(value) => setFact(request, institution.id, name, value)}
                  />
                )
              );
            })}
        </section>
        {organisation !== undefined && (
          <>
            <Elders request={request} policy={policy} facts={questions.facts.elder} />
            <Workers request={request} policy={policy} facts={questions.facts.worker} />
            <section aria-labelledby="time">
              <h2 id="time">{t("estimate.time")}</h2>
              <Choice
                id="start"
                label={t("estimate.start")}
                options={starts().map((date) => ({ value: date, label: dateText(date) }))}
                value={request.as_of}
                onChange={(date) => setStart(request, date)}
              />
              <Years value={request.years} save={(years) => setYears(request, years)} />
            </section>
            <button type="submit" class="primary">
              {t("estimate.show")}
            </button>
          </>
        )}
      </form>
      {organisation !== undefined && (
        <section aria-labelledby="answer">
          <h2 id="answer" tabIndex={-1} ref={answerHeading}>
            {t("estimate.answer")}
          </h2>
          {isCoreError(answer) ? (
            <p class="alert" role="alert">
              {errorText(answer)}
            </p>
          ) : (
            <Answer engine={engine} request={request} answer={answer} />
          )}
          <p class="actions screen">
            <ClearButton label={t("estimate.clear")} sure={t("estimate.clear.sure")} clear={clearRequest} />
          </p>
        </section>
      )}
      <p class="note">{t("web.home.privacy")}</p>
    </Page>
  );
}

function Years({ value, save }: { value: number; save(years: number): void }) {
  const step = (by: number, label: "estimate.years.fewer" | "estimate.years.more", sign: string) => (
    <button type="button" aria-label={t(label)} disabled={value + by < 1 || value + by > MOST_YEARS} onClick={() => save(value + by)}>
      {sign}
    </button>
  );
  return (
    <fieldset class="stepper" aria-labelledby="years">
      <p>
        <strong id="years">{t("estimate.years")}</strong>
      </p>
      <div class="steps">
        {step(-1, "estimate.years.fewer", "\u2212")}
        <output aria-live="polite">{t("estimate.years.count", { n: value })}</output>
        {step(1, "estimate.years.more", "+")}
      </div>
    </fieldset>
  );
}
