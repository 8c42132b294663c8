// The first question: who is in the household.
import { useState } from "preact/hooks";
import type { Engine } from "../engine";
import { answeredCount, countOf, type Household, setMembers } from "../household";
import { Page } from "../page";
import { goToNext } from "../question/next";
import { type TextKey, t } from "../texts";

const MOST = 4;

export function Who({ engine, household }: { engine: Engine; household: Household }) {
  // An untouched form starts with the commonest case, one elder.
  const [elders, setElders] = useState(household.subjects.length === 0 ? 1 : countOf(household, "elder"));
  const [children, setChildren] = useState(countOf(household, "child"));
  const [institution, setInstitution] = useState(countOf(household, "institution") > 0);
  const [worker, setWorker] = useState(countOf(household, "worker") > 0);
  const [wrong, setWrong] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    if (elders + children === 0 && !institution && !worker) {
      setWrong(true);
      return;
    }
    setMembers({ elder: elders, child: children, institution: institution ? 1 : 0, worker: worker ? 1 : 0 });
    goToNext(engine);
  };
  return (
    <Page title={t("web.who.title")}>
      <p>{t("web.who.help")}</p>
      <form onSubmit={submit} class="who">
        <Stepper label="web.who.elders" hint="web.who.elders.hint" name="elder" value={elders} onChange={setElders} />
        <Stepper label="web.who.children" hint="web.who.children.hint" name="child" value={children} onChange={setChildren} />
        <label class="choice">
          <input type="checkbox" checked={institution} onChange={(event) => setInstitution(event.currentTarget.checked)} />
          <span>{t("web.who.institution")}</span>
        </label>
        <label class="choice">
          <input type="checkbox" checked={worker} onChange={(event) => setWorker(event.currentTarget.checked)} />
          <span>{t("web.who.worker")}</span>
        </label>
        {wrong && (
          <p class="wrong" role="alert">
            {t("web.who.none")}
          </p>
        )}
        <button type="submit" class="primary">
          {t(answeredCount(household) > 0 ? "web.home.continue" : "web.who.start")}
        </button>
      </form>
      <p class="note">{t("web.home.privacy")}</p>
    </Page>
  );
}

interface StepperProps {
  label: TextKey;
  hint: TextKey;
  name: string;
  value: number;
  onChange(value: number): void;
}

function Stepper({ label, hint, name, value, onChange }: StepperProps) {
  const title = t(label);
  return (
    <fieldset class="stepper" aria-labelledby={`who-${name}`}>
      <p>
        <strong id={`who-${name}`}>{title}</strong>
        <span class="hint">{t(hint)}</span>
      </p>
      <div class="steps">
        <button type="button" aria-label={t("web.who.fewer", { label: title })} disabled={value === 0} onClick={() => onChange(value - 1)}>
          &minus;
        </button>
        <output aria-live="polite">{t("web.who.count", { n: String(value) })}</output>
        <button
          type="button"
          aria-label={t("web.who.more", { label: title })}
          disabled={value === MOST}
          onClick={() => onChange(value + 1)}
        >
          +
        </button>
      </div>
    </fieldset>
  );
}
