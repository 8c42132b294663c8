import type { Amount, Benefit } from "../../../wasm/js/types";
import { yuan } from "../money";
import { say, t } from "../texts";

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
