import type { Benefit, EstimateLine, SumRange } from "../../../wasm/js/types";
import { yuan } from "../money";
import { t } from "../texts";

export function hasSum(one: Partial<SumRange>): one is SumRange {
  return one.min !== undefined;
}

/** "3,600 元", "0–3,600 元", "最少 3,600 元"; what nobody bounds has no top. */
export function sumText({ min, max }: SumRange): string {
  if (max === undefined) return t("estimate.least", { low: yuan(min) });
  if (min === max) return t("estimate.yuan", { range: yuan(min) });
  return t("estimate.yuan", {
    range: min === 0 ? t("web.upto", { high: yuan(max) }) : t("web.range", { low: yuan(min), high: yuan(max) }),
  });
}

export function peopleText({ min, max }: SumRange): string {
  if (max === undefined) return min === 0 ? t("estimate.people.unknown") : t("estimate.people.least", { n: min });
  return t("estimate.people.count", { range: min === max ? String(min) : t("web.range", { low: String(min), high: String(max) }) });
}

/** Money for which nobody published a number: told apart from what can be added up. */
export function isUnpublished({ result }: EstimateLine): boolean {
  return result.amount?.kind === "unpublished";
}

export const givenInKind = (benefit: Benefit) => benefit.amount.in_kind !== undefined;
