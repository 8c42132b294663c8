// Which questions belong on the form: those that the core says could change something for such an institution. A new benefit brings its own.
import { type EstimateSubject, isCoreError, type Policy, type SubjectKind } from "../../../wasm/js/types";
import type { Advice } from "../advice";

export interface Questions {
  /** Kinds of institution that anything is given to. */
  organisations: string[];
  /** Facts by whom they are about; without any, such people have no place on the form. */
  facts: Partial<Record<SubjectKind, string[]>>;
}

export const ORGANISATION = "organisation";

export function questionsFor(advice: Advice, policy: Policy, asOf: string, organisation: string | undefined): Questions {
  const ask = (value: string | undefined) => {
    const people: EstimateSubject[] = [
      { id: "i", kind: "institution", facts: value === undefined ? {} : { [ORGANISATION]: value } },
      { id: "e", kind: "elder", count: 1, facts: {} },
      { id: "w", kind: "worker", count: 1, facts: {} },
    ];
    const answer = advice.estimate({ format: "km-estimate/1", as_of: asOf, years: 1, subjects: people });
    return isCoreError(answer) ? [] : answer.lines.filter(({ result }) => result.verdict !== "no");
  };
  const fact = policy.facts[ORGANISATION];
  const values = fact !== undefined && "values" in fact ? fact.values : [];
  const facts: Questions["facts"] = {};
  for (const name of ask(organisation).flatMap(({ result }) => result.ask)) {
    const kind = policy.facts[name]?.subject;
    if (kind === undefined || name === ORGANISATION) continue;
    facts[kind] ??= [];
    if (!facts[kind].includes(name)) facts[kind].push(name);
  }
  // Workers are asked about whatever the institution is; what they get does not hang on it.
  return { organisations: values.filter((value) => ask(value).some(({ to }) => to === "facility")), facts };
}
