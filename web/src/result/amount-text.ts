import type { Amount, Benefit, Range, Sums } from "../../../wasm/js/types";
import { yuan } from "../money";
import { say, type TextKey, t } from "../texts";

/** One line: how much, or that it is not published, or what is given instead of money. */
export function amountText(amount: Amount, benefit: Benefit): string {
  const { kind, per, min, max } = amount;
  if (min === undefined || max === undefined) return say(benefit.amount.in_kind) ?? t(`amount.${kind}`);
  const number = (value: number) => (kind === "leave_days" ? String(value) : yuan(value));
  return t(`amount.${kind}`, { per: per === undefined ? "" : t(`per.${per}`), range: range(number(min), number(max)) });
}

function range(low: string, high: string): string {
  if (low === high) return high;
  return low === "0" ? t("web.upto", { high }) : t("web.range", { low, high });
}

export type SumKind = keyof Sums;

/** What is certain and what it can come to: "60 yuan", "at least 60, at most 800 yuan", "60 yuan or more". */
export function sumText(kind: SumKind, { min, max }: Range): string {
  const number = (value: number) => (kind === "leave_days" ? String(value) : yuan(value));
  const shape = max === undefined ? "more" : min === max ? "exact" : min === 0 ? "upto" : "range";
  return t(`web.result.sum.${kind}`, { shape, min: number(min), max: number(max ?? 0) });
}

/** Every sum that is not nothing, each for its unit of time: they are never added. */
export function sumLines(sums: Sums, skipAnnual = false): { kind: SumKind; per: string; label: string; range: Range }[] {
  return (["money", "leave_days", "tax_deduction"] as const).flatMap((kind) =>
    Object.entries(sums[kind] ?? {})
      .filter(([per, { min, max }]) => (min > 0 || max !== 0) && !(skipAnnual && per === "annual"))
      .map(([per, range]) => ({
        kind,
        per,
        label: per === "annual" ? t("web.result.annual") : t(`per.${per}` as TextKey),
        range,
      })),
  );
}
