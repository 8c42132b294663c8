// The visitor's answers about the household.
import type { Ask, FactValue, Policy, Result, Subject, SubjectKind } from "../../wasm/js/types";
import { kept } from "./kept";
import { t } from "./texts";

export interface Household {
  subjects: Subject[];
  /** Questions answered with "do not know", as `subject/fact`: not asked again. */
  skipped: string[];
  /** Whom the last question was about. */
  asking?: string | undefined;
  /** What the family calls them, by id. The core never sees it. */
  names?: Record<string, string>;
  /** What was answered to the scales for each elder, as scale/answers.ts writes it. */
  scales?: Record<string, unknown>;
  /** The elder whom the scales are about. */
  rated?: string | undefined;
}

/** Of elders, and of children. */
export const MOST_PEOPLE = 20;
const KINDS: SubjectKind[] = ["elder", "child", "household", "institution", "worker"];
const state = kept<Household>("chuncheng.answers", restore);

export const useHousehold = state.use;
export const currentHousehold = state.get;
export const setHousehold = state.set;

export interface Member {
  id: string;
  kind: SubjectKind;
  name: string;
}

const LETTERS: Record<SubjectKind, string> = { elder: "e", child: "c", household: "h", institution: "i", worker: "w" };

/** The first free id of that kind: who was taken away by mistake comes back with the same. */
export function newMember(kind: SubjectKind, members: { id: string }[]): Member {
  let n = 1;
  while (members.some(({ id }) => id === `${LETTERS[kind]}${n}`)) n++;
  return { id: `${LETTERS[kind]}${n}`, kind, name: "" };
}

/** Keeps the answers of those who stay. */
export function setMembers(members: Member[]) {
  const { subjects: before, skipped, scales = {}, rated } = state.get();
  const subjects = KINDS.flatMap((kind) =>
    kind === "household"
      ? [before.find((one) => one.kind === kind) ?? { id: "h", kind, facts: {} }]
      : members.filter((one) => one.kind === kind).map(({ id }) => before.find((one) => one.id === id) ?? { id, kind, facts: {} }),
  );
  const ids = new Set(subjects.map((subject) => subject.id));
  setHousehold({
    subjects,
    skipped: skipped.filter((key) => ids.has(key.slice(0, key.lastIndexOf("/")))),
    names: Object.fromEntries(members.flatMap(({ id, name }) => (name.trim() === "" ? [] : [[id, name.trim()]]))),
    scales: Object.fromEntries(Object.entries(scales).filter(([id]) => ids.has(id))),
    rated,
  });
}

/** An undefined value means "do not know": the fact is left out and not asked again. */
export function answer(ask: Ask, value: FactValue | undefined) {
  const subjects = state.get().subjects.map((subject) => {
    if (subject.id !== ask.subject) return subject;
    const { [ask.fact]: _, ...others } = subject.facts;
    return { ...subject, facts: value === undefined ? others : { ...others, [ask.fact]: value } };
  });
  const others = state.get().skipped.filter((key) => key !== skipKey(ask));
  setHousehold({
    ...state.get(),
    subjects,
    skipped: value === undefined ? [...others, skipKey(ask)] : others,
    asking: ask.subject,
  });
}

/** The scales are about that elder from now on. */
export function rate(elder: string) {
  setHousehold({ ...state.get(), rated: elder });
}

export function isSkipped(household: Household, ask: Ask): boolean {
  return household.skipped.includes(skipKey(ask));
}

/** What can still be asked, in the core's order. */
export function openQuestions(household: Household, result: Result): Ask[] {
  return result.ask.filter((ask) => !isSkipped(household, ask));
}

/** A fact of the household or the institution is asked of that subject, whoever the benefit is for. */
export function askedOf(household: Household, policy: Policy, subject: string, fact: string): string {
  const kind = policy.facts[fact]?.subject;
  if (household.subjects.some((one) => one.id === subject && one.kind === kind)) return subject;
  return household.subjects.find((one) => one.kind === kind)?.id ?? subject;
}

export function answeredCount(household: Household): number {
  return household.skipped.length + household.subjects.reduce((sum, subject) => sum + Object.keys(subject.facts).length, 0);
}

/** What the family calls them, else "the elder", "the 2nd elder (born 1942)". `plain`: nothing that says who they are. */
export function subjectLabel(household: Household, policy: Policy, id: string, plain = false): string {
  const subject = household.subjects.find((one) => one.id === id);
  if (subject === undefined) return "";
  const name = household.names?.[id];
  if (name !== undefined && !plain) return name;
  if (subject.kind !== "elder" && subject.kind !== "child") return t(`web.subject.${subject.kind}`);
  const same = household.subjects.filter((one) => one.kind === subject.kind);
  const label = t(`web.subject.${subject.kind}`, { total: same.length, n: String(same.indexOf(subject) + 1) });
  if (plain || same.length === 1) return label;
  const born = Object.entries(subject.facts).find(([fact]) => policy.facts[fact]?.type === "date")?.[1];
  return typeof born === "string" ? t("web.subject.born", { label, year: born.slice(0, 4) }) : label;
}

function skipKey(ask: Ask): string {
  return `${ask.subject}/${ask.fact}`;
}

function restore({ subjects, skipped, asking, names, scales, rated }: Partial<Record<keyof Household, unknown>>): Household {
  const members = Array.isArray(subjects) ? subjects.filter(isSubject).map(({ id, kind, facts }) => ({ id, kind, facts })) : [];
  // Questions about the household need someone to ask them of.
  if (members.length > 0 && !members.some(({ kind }) => kind === "household")) members.push({ id: "h", kind: "household", facts: {} });
  return {
    asking: members.find(({ id }) => id === asking)?.id,
    subjects: members,
    skipped: Array.isArray(skipped) ? skipped.filter((key) => typeof key === "string") : [],
    names: Object.fromEntries(Object.entries(names ?? {}).filter(([, name]) => typeof name === "string")),
    scales: { ...(scales as object) },
    rated: members.find(({ id }) => id === rated)?.id,
  };
}

function isSubject(value: unknown): value is Subject {
  const { id, kind, facts } = (value ?? {}) as Partial<Subject>;
  return typeof id === "string" && KINDS.includes(kind as SubjectKind) && typeof facts === "object" && facts !== null;
}
