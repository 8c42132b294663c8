import type { PlanConflict, PlanFigure } from "../../../wasm/js/types";
import { say, t } from "../texts";

/** "每年新增40个以上" */
export function figureText({ basis, bound, value, unit }: PlanFigure): string {
  return t("plan.figure", { basis: say(basis) ?? "", bound: bound ?? "none", value, unit: unit === "%" ? unit : ` ${say(unit)}` });
}

export type Role = "baseline" | "target" | "later";

/** Whose figure it is: "2025年目标". */
export function roleText(role: Role, figure: PlanFigure): string {
  return t(`plan.role.${role}`, { year: figure.year === undefined ? "none" : String(figure.year) });
}

export const about = (conflicts: PlanConflict[], id: string) => conflicts.filter((one) => one.about.includes(id));
