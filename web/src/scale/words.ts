import type { Policy, Scale, Score } from "../../../wasm/js/types";
import { say, t } from "../texts";
import type { Step } from "./steps";

const sayOf = (list: Scale["grades"], id: string | undefined) => say(list.find((one) => one.id === id)?.say) ?? "";

export const gradeText = (scale: Scale, id: string) => sayOf(scale.grades, id);

/** "A", "A 或 B", "从 A 到 E 都有可能". `grades` run from able to unable. */
export function gradesText(scale: Scale, grades: string[]): string {
  const at = grades.map((grade) => scale.grades.findIndex(({ id }) => id === grade));
  const [first = 0, last = 0] = [at[0], at[at.length - 1]];
  const names = grades.map((grade) => gradeText(scale, grade));
  if (grades.length > 2 && last - first === grades.length - 1)
    return t("scale.grades.range", { first: names[0] ?? "", last: names[names.length - 1] ?? "" });
  return names.join(t("scale.or"));
}

/** "45–60 分（满分 100）" */
export function pointsText({ min, max }: { min: number; max: number }, full: number): string {
  return t("scale.points", { one: min === max ? "yes" : "no", min: String(min), max: String(max), full: String(full) });
}

export function bandText(scale: Scale, { id, band }: Score["dimensions"][number]): string {
  const bands = scale.dimensions.find((one) => one.id === id)?.bands ?? [];
  return (band ?? []).map((one) => sayOf(bands, one)).join(t("scale.or"));
}

export function fullOf(scale: Scale, dimension?: string): number {
  return scale.dimensions
    .filter(({ id }) => dimension === undefined || id === dimension)
    .flatMap(({ items }) => items)
    .reduce((sum, { options }) => sum + Math.max(...options.map(({ score }) => score)), 0);
}

export function optionText(step: Step, value: number | boolean): string {
  return say(step.options.find((one) => one.value === value)?.say) ?? t(value === true ? "web.yes" : "web.no");
}

/** Is every clause this rests on weak? */
export function toConfirm(policy: Policy, cites: string[]): boolean {
  return (
    cites.length > 0 &&
    cites.every((cite) => {
      const [id = "", name = ""] = cite.split("#");
      const clause = policy.sources[id]?.clauses[name];
      const status = (typeof clause === "object" ? clause.status : undefined) ?? policy.sources[id]?.status;
      return status === "single" || status === "recalled";
    })
  );
}

/** The benefits of a person that read this answer, directly or through what is derived from it. */
export function benefitsReading(policy: Policy, fact: string) {
  const reads = (rule: unknown, name: string) => JSON.stringify(rule ?? null).includes(`{"var":${JSON.stringify(name)}}`);
  const names = [fact, ...Object.keys(policy.facts).filter((name) => reads(policy.facts[name]?.derive, fact))];
  return policy.benefits.filter((one) => one.subject === policy.facts[fact]?.subject && names.some((name) => reads(one, name)));
}
