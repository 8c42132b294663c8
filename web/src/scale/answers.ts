// The answers to the scales: in memory, and in this browser's storage when it has one. Nowhere else.
import type { Scale, ScaleAnswers } from "../../../wasm/js/types";
import { KEEP_OFF } from "../household";
import { sharedState } from "../shared-state";
import { stepsOf } from "./steps";

export interface Given {
  answers: Record<string, number>;
  flags: Record<string, boolean>;
  /** Steps answered with "not sure". */
  unsure: string[];
}

const KEY = "chuncheng.scales";
const NOTHING: Given = { answers: {}, flags: {}, unsure: [] };
const state = sharedState<Record<string, Given>>(restore());

/** What was given to this scale; what it does not know (an older one did) is passed over. */
export function useGiven(scale: Scale): Given {
  const { answers, flags, unsure } = state.use()[scale.id] ?? NOTHING;
  const steps = stepsOf(scale);
  const fits = ([name, value]: [string, number | boolean]) =>
    steps.some((step) => step.id === name && step.options.some((one) => one.value === value));
  const kept = <T extends number | boolean>(all: Record<string, T>) => Object.fromEntries(Object.entries(all).filter(fits));
  return { answers: kept(answers), flags: kept(flags), unsure: unsure.filter((name) => steps.some(({ id }) => id === name)) };
}

/** An undefined value means "not sure". */
export function give(scale: string, step: string, value: number | boolean | undefined) {
  const { answers, flags, unsure } = state.get()[scale] ?? NOTHING;
  const next: Given = { answers: { ...answers }, flags: { ...flags }, unsure: unsure.filter((one) => one !== step) };
  delete next.answers[step];
  delete next.flags[step];
  if (typeof value === "number") next.answers[step] = value;
  else if (typeof value === "boolean") next.flags[step] = value;
  else next.unsure.push(step);
  change({ ...state.get(), [scale]: next });
}

export function clearScale(scale: string) {
  const { [scale]: _, ...others } = state.get();
  change(others);
}

export function clearScales() {
  change({});
}

export const givenTo = ({ answers, flags }: Given, step: string): number | boolean | undefined => answers[step] ?? flags[step];

export const toScore = (scale: Scale, { answers, flags }: Given): ScaleAnswers => ({ scale: scale.id, answers, flags });

export const countOf = ({ answers, flags, unsure }: Given) => Object.keys(answers).length + Object.keys(flags).length + unsure.length;

function change(next: Record<string, Given>) {
  try {
    if (Object.keys(next).length === 0 || localStorage.getItem(KEEP_OFF) !== null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Private mode or full: the answers still live in memory.
  }
  state.set(next);
}

function restore(): Record<string, Given> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return Object.fromEntries(Object.entries(record(kept)).map(([scale, given]) => [scale, read(record(given))]));
  } catch {
    return {};
  }
}

function read({ answers, flags, unsure }: Record<string, unknown>): Given {
  const of = (all: unknown, type: string) => Object.fromEntries(Object.entries(record(all)).filter(([, value]) => typeof value === type));
  return {
    answers: of(answers, "number") as Record<string, number>,
    flags: of(flags, "boolean") as Record<string, boolean>,
    unsure: Array.isArray(unsure) ? unsure.filter((one) => typeof one === "string") : [],
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
