// The answers to the scales: each elder has their own, kept with what else is known of them.
import type { Scale, ScaleAnswers, Subject } from "../../../wasm/js/types";
import { currentHousehold, type Household, setHousehold } from "../household";
import { stepsOf } from "./steps";

export interface Given {
  answers: Record<string, number>;
  flags: Record<string, boolean>;
  /** Steps answered with "not sure". */
  unsure: string[];
}

// Whoever tries a scale before saying who is in the household means the first elder there will be.
const FIRST = "e1";

/** The elder whom the scales are about: the one chosen, else the one last asked about, else the first. */
export function ratedElder({ subjects, rated, asking }: Household): Subject | undefined {
  const elders = subjects.filter(({ kind }) => kind === "elder");
  const find = (wanted: string | undefined) => elders.find(({ id }) => id === wanted);
  return find(rated) ?? find(asking) ?? elders[0];
}

/** What was given to this scale for that elder; what it does not know (an older one did) is passed over. */
export function givenFor(household: Household, scale: Scale): Given {
  const { answers, flags, unsure } = read(household)[scale.id] ?? NOTHING;
  const steps = stepsOf(scale);
  const fits = ([name, value]: [string, number | boolean]) =>
    steps.some((step) => step.id === name && step.options.some((one) => one.value === value));
  const fitting = <T extends number | boolean>(all: Record<string, T>) => Object.fromEntries(Object.entries(all).filter(fits));
  return { answers: fitting(answers), flags: fitting(flags), unsure: unsure.filter((name) => steps.some(({ id }) => id === name)) };
}

/** An undefined value means "not sure". */
export function give(scale: string, step: string, value: number | boolean | undefined) {
  const all = read(currentHousehold());
  const { answers, flags, unsure } = all[scale] ?? NOTHING;
  const next: Given = { answers: { ...answers }, flags: { ...flags }, unsure: unsure.filter((one) => one !== step) };
  delete next.answers[step];
  delete next.flags[step];
  if (typeof value === "number") next.answers[step] = value;
  else if (typeof value === "boolean") next.flags[step] = value;
  else next.unsure.push(step);
  write({ ...all, [scale]: next });
}

export function clearScale(scale: string) {
  const { [scale]: _, ...others } = read(currentHousehold());
  write(others);
}

export const givenTo = ({ answers, flags }: Given, step: string): number | boolean | undefined => answers[step] ?? flags[step];

export const toScore = (scale: Scale, { answers, flags }: Given): ScaleAnswers => ({ scale: scale.id, answers, flags });

export const countOf = ({ answers, flags, unsure }: Given) => Object.keys(answers).length + Object.keys(flags).length + unsure.length;

/** Of every elder, to every scale. */
export const scaleCount = (household: Household) =>
  Object.keys(household.scales ?? {}).reduce(
    (sum, elder) => sum + Object.values(read(household, elder)).reduce((n, one) => n + countOf(one), 0),
    0,
  );

const NOTHING: Given = { answers: {}, flags: {}, unsure: [] };
const keyOf = (household: Household) => ratedElder(household)?.id ?? FIRST;

function write(next: Record<string, Given>) {
  const household = currentHousehold();
  setHousehold({ ...household, scales: { ...household.scales, [keyOf(household)]: next } });
}

// The storage may hold anything.
function read(household: Household, elder = keyOf(household)): Record<string, Given> {
  const of = (all: unknown, type: string) => Object.fromEntries(Object.entries(record(all)).filter(([, value]) => typeof value === type));
  return Object.fromEntries(
    Object.entries(record(household.scales?.[elder])).map(([scale, given]) => {
      const { answers, flags, unsure } = record(given);
      return [
        scale,
        {
          answers: of(answers, "number") as Record<string, number>,
          flags: of(flags, "boolean") as Record<string, boolean>,
          unsure: Array.isArray(unsure) ? unsure.filter((one) => typeof one === "string") : [],
        },
      ];
    }),
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
