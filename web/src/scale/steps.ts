// A scale as the questions a visitor goes through.
import type { Scale, Score, Text } from "../../../wasm/js/types";

export interface Step {
  id: string;
  /** The dimension it counts for; a circumstance that changes the grade has none. */
  dimension?: Text;
  ask: Text;
  help?: Text | undefined;
  /** A circumstance has yes and no. */
  options: { value: number | boolean; say?: Text }[];
  cite: string[];
}

/** First what settles the grade alone, then the items, then what makes it worse. */
export function stepsOf(scale: Scale): Step[] {
  const flags = (scale.adjustments ?? []).map(({ flag, ask, help, set, cite }) => ({
    first: set !== undefined,
    step: { id: flag, ask, help, options: [{ value: true }, { value: false }], cite },
  }));
  const of = (first: boolean) => flags.filter((one) => one.first === first).map(({ step }) => step);
  const items = scale.dimensions.flatMap(({ say: dimension, items, cite }) =>
    items.map(
      (item): Step => ({
        id: item.id,
        dimension,
        ask: item.say,
        help: item.help,
        options: item.options.map(({ score, say }) => ({ value: score, say })),
        cite: item.cite ?? cite,
      }),
    ),
  );
  return [...of(true), ...items, ...of(false)];
}

/** The steps not answered yet, and whether an answer can still change the grade. */
export function openSteps({ open_items, open_flags }: Score): Map<string, boolean> {
  return new Map([
    ...open_items.map(({ item, changes }): [string, boolean] => [item, changes]),
    ...open_flags.map(({ flag, changes }): [string, boolean] => [flag, changes]),
  ]);
}
