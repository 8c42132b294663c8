// The answer as a table for spreadsheets: the same bytes as `chuncheng estimate --csv`.
import type { Benefit, EstimateLine, Estimation, Policy, Source, SourceStatus, SumRange } from "../../../wasm/js/types";
import { say, t } from "../texts";

const COLUMNS = [
  "title",
  "kind",
  "whose",
  "subject",
  "count",
  "when",
  "from",
  "to",
  "verdict",
  "min",
  "max",
  "note",
  "cite",
  "confirm",
] as const;

export function csvOf(policy: Policy, answer: Estimation): string {
  const rows = [
    COLUMNS.map((column) => t(`estimate.csv.${column}`)),
    ...answer.lines.flatMap((line) => rowsOf(policy, answer, line)),
    ...sums(answer),
  ];
  // Spreadsheets take a file without the mark at its beginning for another encoding.
  return `\ufeff${rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("")}`;
}

// A cell that a spreadsheet would take for a formula is marked as text.
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

function rowsOf(policy: Policy, answer: Estimation, line: EstimateLine): string[][] {
  const { result } = line;
  const benefit = policy.benefits.find(({ id }) => id === result.benefit);
  if (benefit === undefined) return [];
  const row = (
    when: string,
    from: string,
    to: string,
    verdict: string,
    range: Partial<SumRange> | undefined,
    cites: string[],
    confirm: boolean,
  ) => [
    say(benefit.title),
    t(`estimate.kind.${line.kind}`),
    t(`estimate.to.${line.to}`),
    result.subject,
    line.count === undefined ? "" : people(line.count),
    when,
    from,
    to,
    verdict === "part" ? t("estimate.part") : t(`verdict.${verdict as "yes"}`),
    ...money(range),
    verdict === "no" ? failed(benefit, result.failed) : told(benefit),
    cites.map((cite) => citeText(policy, cite)).join("\n"),
    confirm ? t("web.result.to_confirm") : "",
  ];
  if (line.years === undefined) {
    const last = answer.years[answer.years.length - 1]?.to ?? "";
    return [row(t("estimate.once"), answer.as_of, last, result.verdict, line.once, result.amount?.cite ?? [], result.to_confirm === true)];
  }
  return line.years.map((one, index) => {
    const { from = "", to = "" } = answer.years[index] ?? {};
    return row(yearName(index), from, to, one.verdict, one, one.cite ?? [], one.to_confirm === true);
  });
}

function sums({ totals }: Estimation): string[][] {
  const out: string[][] = [];
  for (const side of ["facility", "staff"] as const) {
    for (const kind of ["money", "tax_deduction"] as const) {
      const sum = totals[side]?.[kind];
      if (sum === undefined) continue;
      const row = (when: string, range: SumRange) =>
        out.push([t("estimate.total"), "", t(`estimate.${side}.${kind}`), "", "", when, "", "", "", ...money(range), "", "", ""]);
      // Nothing of a deduction comes once.
      if (kind === "money") row(t("estimate.once"), sum.once);
      for (const [index, year] of sum.years.entries()) row(yearName(index), year);
      row(t("estimate.all", { years: sum.years.length }), sum.all);
    }
  }
  return out;
}

const yearName = (index: number) => t("estimate.year", { n: String(index + 1) });
const people = ({ min, max }: SumRange) => (max === undefined ? `${min}–` : min === max ? String(min) : `${min}–${max}`);
const money = (range: Partial<SumRange> | undefined) => [plain(range?.min), plain(range?.max)];
const failed = (benefit: Benefit, ids: string[]) =>
  ids.map((id) => say(benefit.criteria.find((one) => one.id === id)?.say) ?? t("web.result.in_force")).join("\n");
const told = ({ amount }: Benefit) => say(amount.in_kind) ?? (amount.unpublished ? t("amount.unpublished") : "");

function plain(fen: number | undefined): string {
  return fen === undefined ? "" : `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}

function citeText(policy: Policy, cite: string): string {
  const [id = "", name = ""] = cite.split("#");
  const source: Source | undefined = policy.sources[id];
  const clause = source?.clauses[name];
  if (source === undefined || clause === undefined) return cite;
  const status: SourceStatus = (typeof clause === "object" ? clause.status : undefined) ?? source.status;
  const text = t("estimate.csv.clause", { title: say(source.title), say: say(typeof clause === "object" ? clause.say : clause) });
  return status === "single" || status === "recalled" ? text + t("estimate.csv.doubt") : text;
}
