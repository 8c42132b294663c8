// Answers in a link: only in the fragment, which no server sees, and only when the visitor asks (docs/interfaces.md, section 10).
// What comes in was written by anybody: whatever is not a known fact with a possible value is left out.
import type { Fact, FactValue, Policy, Subject, SubjectKind } from "../../../wasm/js/types";
import { type Household, MOST_PEOPLE } from "../household";

const VERSION = "1";
/** Of the encoded text. Fully answered, the largest family needs half of it. */
export const MOST_CHARACTERS = 100_000;
/** Some programs cut longer links. */
export const LONG = 2000;

const LETTERS: Record<string, SubjectKind> = { e: "elder", c: "child", h: "household", i: "institution", w: "worker" };
const MOST: Record<SubjectKind, number> = { elder: MOST_PEOPLE, child: MOST_PEOPLE, household: 1, institution: 1, worker: 1 };

// Its own property, not one that every object has.
const has = (object: object, key: string) => Object.getOwnPropertyDescriptor(object, key) !== undefined;

/** The site without anything about the visitor. */
export function pageLink(fragment: string): string {
  return `${location.origin}${location.pathname}${fragment}`;
}

/** Names that the family gave stay here. */
export function encodeHousehold({ subjects, skipped }: Household): string {
  const people = subjects.map(({ id, kind, facts }) => {
    const letter = Object.keys(LETTERS).find((one) => LETTERS[one] === kind) ?? "";
    const unknown = skipped.filter((key) => key.startsWith(`${id}/`)).map((key) => key.slice(id.length + 1));
    return unknown.length > 0 ? [letter, facts, unknown] : [letter, facts];
  });
  const bytes = new TextEncoder().encode(JSON.stringify({ people }));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `${VERSION}.${btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
}

/** `dropped`: parts that were not understood. */
export type Decoded = { household: Household; dropped: number } | { bad: "version" | "damaged" | "oversize" };

export function decodeHousehold(text: string, policy: Policy): Decoded {
  if (text.length > MOST_CHARACTERS) return { bad: "oversize" };
  const [, version, body] = /^(\d{1,4})\.([A-Za-z0-9_-]+)$/.exec(text) ?? [];
  if (version === undefined || body === undefined) return { bad: "damaged" };
  if (version !== VERSION) return { bad: "version" };
  let people: unknown;
  try {
    const binary = atob(body.replace(/-/g, "+").replace(/_/g, "/"));
    const bytes = Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    people = (value as { people?: unknown } | null)?.people;
  } catch {
    return { bad: "damaged" };
  }
  if (!Array.isArray(people)) return { bad: "damaged" };
  const reader = new Reader(policy);
  for (const person of people) reader.person(person);
  return reader.done();
}

class Reader {
  private readonly subjects: Subject[] = [];
  private readonly skipped: string[] = [];
  private dropped = 0;

  constructor(private readonly policy: Policy) {}

  person(value: unknown) {
    const [letter, facts, unknown = []] = Array.isArray(value) ? (value as unknown[]) : [];
    const kind = typeof letter === "string" && has(LETTERS, letter) ? LETTERS[letter] : undefined;
    const count = this.subjects.filter((one) => one.kind === kind).length;
    if (kind === undefined || count >= MOST[kind] || typeof facts !== "object" || facts === null) {
      this.dropped++;
      return;
    }
    const id = kind === "household" ? "h" : `${letter}${count + 1}`;
    const kept: Record<string, FactValue> = {};
    for (const [name, one] of Object.entries(facts)) {
      const fact = this.asked(kind, name);
      if (fact !== undefined && isPossible(fact, one)) kept[name] = one;
      else this.dropped++;
    }
    this.subjects.push({ id, kind, facts: kept });
    for (const name of Array.isArray(unknown) ? unknown : [unknown]) {
      const key = `${id}/${name}`;
      const good = typeof name === "string" && this.asked(kind, name) !== undefined && !has(kept, name) && !this.skipped.includes(key);
      if (good) this.skipped.push(key);
      else this.dropped++;
    }
  }

  done(): Decoded {
    if (!this.subjects.some(({ kind }) => kind !== "household")) return { bad: "damaged" };
    if (!this.subjects.some(({ kind }) => kind === "household")) this.subjects.push({ id: "h", kind: "household", facts: {} });
    return { household: { subjects: this.subjects, skipped: this.skipped }, dropped: this.dropped };
  }

  private asked(kind: SubjectKind, name: string): Fact | undefined {
    const fact = has(this.policy.facts, name) ? this.policy.facts[name] : undefined;
    return fact?.subject === kind && fact.ask !== undefined && fact.derive === undefined ? fact : undefined;
  }
}

function isPossible(fact: Fact, value: unknown): value is FactValue {
  switch (fact.type) {
    case "bool":
      return typeof value === "boolean";
    case "count":
    case "money":
      return Number.isInteger(value) && (value as number) >= fact.range[0] && (value as number) <= fact.range[1];
    case "date":
      return typeof value === "string" && isDay(value) && value >= fact.range[0] && value <= fact.range[1];
    default:
      return typeof value === "string" && fact.values.includes(value);
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
