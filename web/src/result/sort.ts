// Where each assessment stands on the page: theirs, maybe theirs, theirs later, not theirs now.
import type { Assessment, Benefit, Policy, Result, Timeline, Verdict } from "../../../wasm/js/types";

export type GroupName = "yes" | "open" | "later" | "no";

export interface Found {
  assessment: Assessment;
  benefit: Benefit;
  /** From when it is no longer refused, and how sure that is. */
  later?: { date: string; verdict: Verdict };
}

const RECEIVERS = ["person", "taxpayer", "employee", "facility", "public"];
const KINDS = ["money", "tax_deduction", "leave_days", "unpublished", "fee_relief", "service", "training", "legal_aid"];

// What a person receives comes first, then what others have of it; of that, known money first.
const rank = ({ benefit, assessment }: Found) =>
  RECEIVERS.indexOf(benefit.pays.to) * KINDS.length + KINDS.indexOf(assessment.amount?.kind ?? benefit.pays.kind);

function laterOf({ benefit, subject, verdict, from }: Assessment, timeline: Timeline | undefined): Found["later"] {
  if (verdict !== "no") return undefined;
  if (from !== undefined) return { date: from, verdict: "yes" };
  const event = timeline?.events.find((one) => one.benefit === benefit && one.subject === subject && one.after.verdict !== "no");
  return event && { date: event.date, verdict: event.after.verdict };
}

/** Each group in the order to show; the same benefit of several people stands together. Later ones by date. */
export function grouped(result: Result, policy: Policy, timeline: Timeline | undefined): Record<GroupName, Found[]> {
  const benefits = new Map(policy.benefits.map((one) => [one.id, one]));
  const order = new Map(policy.benefits.map(({ id }, index) => [id, index]));
  const groups: Record<GroupName, Found[]> = { yes: [], open: [], later: [], no: [] };
  for (const assessment of result.results) {
    const benefit = benefits.get(assessment.benefit);
    if (benefit === undefined) continue;
    const later = laterOf(assessment, timeline);
    groups[later === undefined ? assessment.verdict : "later"].push({ assessment, benefit, ...(later && { later }) });
  }
  const place = ({ benefit }: Found) => order.get(benefit.id) ?? 0;
  for (const list of Object.values(groups)) list.sort((a, b) => rank(a) - rank(b) || place(a) - place(b));
  groups.later.sort((a, b) => (a.later?.date ?? "").localeCompare(b.later?.date ?? ""));
  return groups;
}
