// The first question: who is in the household.
import { useEffect, useState } from "preact/hooks";
import type { SubjectKind } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { answeredCount, type Household, type Member, MOST_PEOPLE, newMember, setMembers } from "../household";
import { Page } from "../page";
import { goToNext } from "../question/next";
import { type TextKey, t } from "../texts";

interface Props {
  /** May be on its way still: what comes next waits for it. */
  engine: Engine | undefined;
  household: Household;
}

export function Who({ engine, household }: Props) {
  const [members, setHere] = useState(() => {
    const kept = household.subjects.map(({ id, kind }): Member => ({ id, kind, name: household.names?.[id] ?? "" }));
    // An untouched form starts with the commonest case, one elder.
    return kept.length === 0 ? [newMember("elder", [])] : kept.filter(({ kind }) => kind !== "household");
  });
  const [wrong, setWrong] = useState(false);
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (done && engine !== undefined) goToNext(engine);
  }, [done, engine]);
  // Whoever changes something while the core is on its way has not sent it.
  const change = (next: Member[]) => {
    setDone(false);
    setHere(next);
  };
  const of = (kind: SubjectKind) => members.filter((one) => one.kind === kind);
  const add = (kind: SubjectKind) => change([...members, newMember(kind, members)]);
  const remove = (id: string | undefined) => change(members.filter((one) => one.id !== id));
  const submit = (event: Event) => {
    event.preventDefault();
    if (members.length === 0) {
      setWrong(true);
      return;
    }
    setMembers(members);
    setDone(true);
  };
  const people = (kind: "elder" | "child", label: TextKey, hint: TextKey) => (
    <Stepper label={label} hint={hint} name={kind} value={of(kind).length} less={() => remove(of(kind).pop()?.id)} more={() => add(kind)} />
  );
  const only = (kind: "institution" | "worker") => (
    <label class="choice">
      <input
        type="checkbox"
        checked={of(kind).length > 0}
        onChange={(event) => (event.currentTarget.checked ? add(kind) : remove(of(kind)[0]?.id))}
      />
      <span>{t(`web.who.${kind}`)}</span>
    </label>
  );
  const named = [...of("elder"), ...of("child")];
  return (
    <Page title={t("web.who.title")}>
      <p>{t("web.who.help")}</p>
      <form onSubmit={submit} class="who">
        {people("elder", "web.who.elders", "web.who.elders.hint")}
        {people("child", "web.who.children", "web.who.children.hint")}
        {named.length > 1 && (
          <details>
            <summary>{t("web.who.names")}</summary>
            {named.map((one) => {
              const same = of(one.kind);
              return (
                <label key={one.id}>
                  {t(`web.subject.${one.kind as "elder" | "child"}`, { total: same.length, n: String(same.indexOf(one) + 1) })}
                  <input
                    type="text"
                    maxLength={12}
                    value={one.name}
                    autocomplete="off"
                    data-name={one.id}
                    onInput={({ currentTarget: { value } }) =>
                      change(members.map((other) => (other.id === one.id ? { ...one, name: value } : other)))
                    }
                  />
                </label>
              );
            })}
          </details>
        )}
        {only("institution")}
        {only("worker")}
        {wrong && (
          <p class="wrong" role="alert">
            {t("web.who.none")}
          </p>
        )}
        {done && engine === undefined && (
          <p role="status" class="loading">
            {t("web.boot.wait")}
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
  less(): void;
  more(): void;
}

function Stepper({ label, hint, name, value, less, more }: StepperProps) {
  const title = t(label);
  return (
    <fieldset class="stepper" aria-labelledby={`who-${name}`}>
      <p>
        <strong id={`who-${name}`}>{title}</strong>
        <span class="hint">{t(hint)}</span>
      </p>
      <div class="steps">
        <button type="button" aria-label={t("web.who.fewer", { label: title })} disabled={value === 0} onClick={less}>
          &minus;
        </button>
        <output aria-live="polite">{t("web.who.count", { n: String(value) })}</output>
        <button type="button" aria-label={t("web.who.more", { label: title })} disabled={value >= MOST_PEOPLE} onClick={more}>
          +
        </button>
      </div>
    </fieldset>
  );
}
