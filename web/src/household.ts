// The visitor's answers: in memory, and in this browser's storage when it has one. Nowhere else.
import { useEffect, useState } from "preact/hooks";
import type { Ask, FactValue, Policy, Result, Subject, SubjectKind } from "../../wasm/js/types";
import { t } from "./texts";

export interface Household {
  subjects: Subject[];
  /** Questions answered with "do not know", as `subject/fact`: not asked again. */
  skipped: string[];
  /** Whom the last question was about. */
  asking?: string | undefined;
}

const KEY = "chuncheng.answers";
const KINDS: SubjectKind[] = ["elder", "child", "household", "institution", "worker"];
const listeners = new Set<(household: Household) => void>();
let current = restore();

export function useHousehold(): Household {
  const [household, setHousehold] = useState(current);
  useEffect(() => {
    listeners.add(setHousehold);
    setHousehold(current);
    return () => {
      listeners.delete(setHousehold);
    };
  }, []);
  return household;
}

export function currentHousehold(): Household {
  return current;
}

export function countOf(household: Household, kind: SubjectKind): number {
  return household.subjects.filter((subject) => subject.kind === kind).length;
}

/** Keeps the answers of those who stay. */
export function setMembers(counts: { elder: number; child: number; institution: number; worker: number }) {
  const wanted: [SubjectKind, number, string][] = [
    ["elder", counts.elder, "e"],
    ["child", counts.child, "c"],
    ["household", 1, "h"],
    ["institution", counts.institution, "i"],
    ["worker", counts.worker, "w"],
  ];
  const subjects = wanted.flatMap(([kind, count, letter]) => {
    const kept = current.subjects.filter((subject) => subject.kind === kind).slice(0, count);
    for (let n = 1; kept.length < count; n++) {
      const id = `${letter}${n}`;
      if (!current.subjects.some((subject) => subject.id === id)) kept.push({ id, kind, facts: {} });
    }
    return kept;
  });
  const ids = new Set(subjects.map((subject) => subject.id));
  change({ subjects, skipped: current.skipped.filter((key) => ids.has(key.slice(0, key.lastIndexOf("/")))) });
}

/** An undefined value means "do not know": the fact is left out and not asked again. */
export function answer(ask: Ask, value: FactValue | undefined) {
  const subjects = current.subjects.map((subject) => {
    if (subject.id !== ask.subject) return subject;
    const { [ask.fact]: _, ...others } = subject.facts;
    return { ...subject, facts: value === undefined ? others : { ...others, [ask.fact]: value } };
  });
  const others = current.skipped.filter((key) => key !== skipKey(ask));
  change({ subjects, skipped: value === undefined ? [...others, skipKey(ask)] : others, asking: ask.subject });
}

export function clearAnswers() {
  change({ subjects: [], skipped: [] });
  try {
    localStorage.removeItem(KEY);
  } catch {
    // No storage: nothing was kept.
  }
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

/** "the elder", "the 2nd elder (born 1942)": as a family would tell them apart. */
export function subjectLabel(household: Household, policy: Policy, id: string): string {
  const subject = household.subjects.find((one) => one.id === id);
  if (subject === undefined) return "";
  if (subject.kind !== "elder" && subject.kind !== "child") return t(`web.subject.${subject.kind}`);
  const same = household.subjects.filter((one) => one.kind === subject.kind);
  const label = t(`web.subject.${subject.kind}`, { total: same.length, n: String(same.indexOf(subject) + 1) });
  const born = Object.entries(subject.facts).find(([name]) => policy.facts[name]?.type === "date")?.[1];
  return same.length > 1 && typeof born === "string" ? t("web.subject.born", { label, year: born.slice(0, 4) }) : label;
}

function skipKey(ask: Ask): string {
  return `${ask.subject}/${ask.fact}`;
}

function change(next: Household) {
  current = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Private mode or full: the answers still live in memory.
  }
  for (const listener of listeners) listener(next);
}

function restore(): Household {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const { subjects, skipped, asking } = kept as { subjects?: unknown; skipped?: unknown; asking?: unknown };
    const members = Array.isArray(subjects) ? subjects.filter(isSubject).map(({ id, kind, facts }) => ({ id, kind, facts })) : [];
    // Questions about the household need someone to ask them of.
    if (members.length > 0 && !members.some(({ kind }) => kind === "household")) members.push({ id: "h", kind: "household", facts: {} });
    return {
      asking: members.find(({ id }) => id === asking)?.id,
      subjects: members,
      skipped: Array.isArray(skipped) ? skipped.filter((key) => typeof key === "string") : [],
    };
  } catch {
    return { subjects: [], skipped: [] };
  }
}

function isSubject(value: unknown): value is Subject {
  const { id, kind, facts } = (value ?? {}) as Partial<Subject>;
  return typeof id === "string" && KINDS.includes(kind as SubjectKind) && typeof facts === "object" && facts !== null;
}
