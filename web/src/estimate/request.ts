// What the visitor filled in, kept in the form in which the core is asked.
import type { EstimateRequest, EstimateSubject, FactValue, SubjectKind } from "../../../wasm/js/types";
import { kept } from "../kept";
import type { SharedState } from "../shared-state";
import { t } from "../texts";
import { today } from "../today";

export const MOST_YEARS = 10;

// Made when the form is first shown: a fresh one has names in the visitor's language.
let made: SharedState<EstimateRequest> | undefined;
function state() {
  made ??= kept("chuncheng.estimate", restore);
  return made;
}

export const useRequest = () => state().use();

export const institutionOf = ({ subjects }: EstimateRequest) => subjects.find(({ kind }) => kind === "institution") ?? blankInstitution();
export const groupsOf = ({ subjects }: EstimateRequest, kind: SubjectKind) => subjects.filter((one) => one.kind === kind);

export function setYears(request: EstimateRequest, years: number) {
  change({ ...request, years: Math.min(Math.max(years, 1), MOST_YEARS) });
}

export function setStart(request: EstimateRequest, as_of: string) {
  // Who turned 60 by the first day: the date they stand for moves with it.
  const subjects = request.subjects.map((one) => (isEntitled(one, request.as_of) ? withEntitled(one, as_of, true) : one));
  change({ ...request, as_of, subjects });
}

/** A kind of institution has its own questions: the answers to the others' are dropped, and so are its people. */
export function setOrganisation(request: EstimateRequest, organisation: FactValue | undefined) {
  const facts: Record<string, FactValue> = organisation === undefined ? {} : { organisation };
  change({ ...request, subjects: [{ ...blankInstitution(), facts }] });
}

export function setFact(request: EstimateRequest, id: string, fact: string, value: FactValue | undefined) {
  edit(request, id, (one) => {
    const { [fact]: _, ...others } = one.facts;
    return { ...one, facts: value === undefined ? others : { ...others, [fact]: value } };
  });
}

export function setCount(request: EstimateRequest, id: string, count: number | undefined) {
  edit(request, id, ({ count: _, ...one }) => (count === undefined ? one : { ...one, count }));
}

export function setEntitled(request: EstimateRequest, id: string, entitled: boolean) {
  edit(request, id, (one) => withEntitled(one, request.as_of, entitled));
}

/** A group of the people a benefit for the institution counts, or of its workers. */
export function addGroup(request: EstimateRequest, kind: "elder" | "worker", facts: Record<string, FactValue>) {
  const taken = new Set(request.subjects.map(({ id }) => id));
  let n = 1;
  while (taken.has(nameOf(kind, n))) n++;
  const group: EstimateSubject = { id: nameOf(kind, n), kind, facts };
  change({ ...request, subjects: [...request.subjects, kind === "elder" ? withEntitled(group, request.as_of, true) : group] });
}

export function removeGroup(request: EstimateRequest, id: string) {
  change({ ...request, subjects: request.subjects.filter((one) => one.id !== id) });
}

export function clearRequest() {
  change(blank());
}

/** Registered in the province and 60 by the first day: what the operating subsidy asks of the people counted. The least answers that say so. */
function withEntitled(one: EstimateSubject, asOf: string, entitled: boolean): EstimateSubject {
  const { elder_yunnan_hukou: _, birth_date: __, ...others } = one.facts;
  return { ...one, facts: entitled ? { ...others, elder_yunnan_hukou: true, birth_date: sixtyYearsBefore(asOf) } : others };
}

export function isEntitled({ kind, facts }: EstimateSubject, asOf: string): boolean {
  return kind === "elder" && facts.elder_yunnan_hukou === true && facts.birth_date === sixtyYearsBefore(asOf);
}

// 60 is a multiple of 4, so a 29 February finds one, but for a century.
function sixtyYearsBefore(date: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const then = new Date(Date.UTC(Number(year) - 60, Number(month) - 1, Number(day)));
  return then.toISOString().slice(0, 10);
}

/** The first day may be today or the next New Year's Day, from which years are those of the tax office. */
export function starts(): string[] {
  const now = today();
  return [now, `${Number(now.slice(0, 4)) + 1}-01-01`];
}

function nameOf(kind: "elder" | "worker", n: number): string {
  return t(`estimate.group.${kind}`, { n: String(n) });
}

function edit(request: EstimateRequest, id: string, how: (one: EstimateSubject) => EstimateSubject) {
  change({ ...request, subjects: request.subjects.map((one) => (one.id === id ? how(one) : one)) });
}

function change(next: EstimateRequest) {
  state().set(next);
}

const blankInstitution = (): EstimateSubject => ({ id: t("estimate.to.facility"), kind: "institution", facts: {} });

function blank(): EstimateRequest {
  return { format: "km-estimate/1", as_of: today(), years: 3, subjects: [blankInstitution()] };
}

function restore(stored: Partial<Record<keyof EstimateRequest, unknown>>): EstimateRequest {
  const fresh = blank();
  const subjects = Array.isArray(stored.subjects) ? stored.subjects.filter(isSubject) : [];
  if (!subjects.some(({ kind }) => kind === "institution")) return fresh;
  const years = Number.isInteger(stored.years) ? Math.min(Math.max(stored.years as number, 1), MOST_YEARS) : fresh.years;
  const then = typeof stored.as_of === "string" ? stored.as_of : fresh.as_of;
  // A day that has passed since is today.
  const as_of = starts().includes(then) ? then : fresh.as_of;
  return { ...fresh, years, as_of, subjects: subjects.map((one) => (isEntitled(one, then) ? withEntitled(one, as_of, true) : one)) };
}

function isSubject(value: unknown): value is EstimateSubject {
  const { id, kind, facts } = (value ?? {}) as Partial<EstimateSubject>;
  return (
    typeof id === "string" &&
    (kind === "institution" || kind === "elder" || kind === "worker") &&
    typeof facts === "object" &&
    facts !== null
  );
}
