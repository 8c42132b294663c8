// The shapes that cross the boundary (docs/interfaces.md, sections 1, 2 and 6): only what a host reads or writes.

export interface CoreError {
  error: { code: string; file?: string; pointer?: string; row?: number; args?: Record<string, string | number> };
}

export function isCoreError(value: unknown): value is CoreError {
  return typeof value === "object" && value !== null && "error" in value;
}

// ---- policy ----

export interface Text {
  zh: string;
}
export type SubjectKind = "household" | "elder" | "child" | "institution" | "worker";

interface FactBase {
  subject: SubjectKind;
  ask?: Text;
  help?: Text;
  derive?: unknown;
}
export type BoolFact = FactBase & { type: "bool" };
export type CountFact = FactBase & { type: "count"; unit: string; range: [number, number] };
export type MoneyFact = FactBase & { type: "money"; range: [number, number] };
export type DateFact = FactBase & { type: "date"; range: [string, string] };
export type ChoiceFact = FactBase & { type: "enum" | "ordinal"; values: string[]; labels?: { zh: string[] } };
export type Fact = BoolFact | CountFact | MoneyFact | DateFact | ChoiceFact;
export type FactValue = boolean | number | string;

export type SourceStatus = "official" | "confirmed" | "single" | "recalled" | "plan";
export interface Source {
  title: string;
  doc_no?: string;
  issuer: string;
  date: string | null;
  status: SourceStatus;
  clauses: Record<string, string | { say: string; status?: SourceStatus }>;
}

export type InKind = "fee_relief" | "service" | "training" | "legal_aid";
export type PayKind = "money" | "leave_days" | "tax_deduction" | InKind;

export interface Criterion {
  id: string;
  say: Text;
  cite?: string[];
  remedy?: { say: Text; cite?: string[] }[];
}
export interface Benefit {
  id: string;
  title: Text;
  summary?: Text;
  why?: Text;
  subject: SubjectKind;
  pays: { to: "person" | "facility" | "employee" | "taxpayer" | "public"; kind: PayKind };
  in_force: { cite?: string[] };
  criteria: Criterion[];
  amount: { unpublished?: true; say?: Text; in_kind?: Text; cite?: string[] };
  documents?: Text[];
  apply?: {
    office?: Text;
    channel?: Text;
    phone?: string;
    takes?: Text;
    at?: "hukou" | "home" | "employer" | "tax" | "facility" | "anywhere";
    cite?: string[];
  };
}
export type StackingGroup = { id: string; say: Text; cite?: string[] } & (
  | { kind: "at_most_one" | "once"; members: string[] }
  | { kind: "deduct"; from: string; minus: string[] }
  | { kind: "deduct_cost"; from: string; cost: string; minus: string[] }
);
export interface District {
  code: string;
  name: Text;
  /** Short names people type, the usual one first. */
  short: string[];
}
export interface ScaleItem {
  id: string;
  say: Text;
  help?: Text;
  /** Where the words of the options are from, when not where the dimension is. */
  cite?: string[];
  options: { score: number; say: Text }[];
}
export interface Scale {
  id: string;
  title: Text;
  summary: Text;
  decided_by: Text;
  cite?: string[];
  fills?: { fact: string; values: string[] };
  grades: { id: string; say: Text }[];
  dimensions: { id: string; say: Text; cite: string[]; items: ScaleItem[]; bands?: { id: string; say: Text }[] }[];
  combine: { cite: string[] };
  /** `set` gives the grade at once, `raise` makes it worse. */
  adjustments?: { flag: string; ask: Text; help?: Text; set?: string; raise?: number; cite: string[] }[];
}
export interface Policy {
  format: "km-policy/1";
  facts: Record<string, Fact>;
  sources: Record<string, Source>;
  benefits: Benefit[];
  stacking: StackingGroup[];
  districts: District[];
}

/** What stands beside the policy. */
export interface PlanEntry {
  id: string;
  title: Text;
  place: string;
  benefit: string;
  say?: Text;
}
export interface Supplement {
  format: "km-supplement/1";
  scales: Scale[];
  plan_benefits?: PlanEntry[];
}

// ---- the city's plan (the file `plan`) ----

export interface PlanFigure {
  /** Decimal, as the plan writes it. */
  value: string;
  unit: string;
  year?: number;
  bound?: "at_least" | "over" | "about";
  /** What it is counted by; absent = the whole city. */
  basis?: Text;
  place?: string;
  cite?: string[];
}
export interface Indicator {
  id: string;
  theme: string;
  title: Text;
  baseline?: PlanFigure;
  target?: PlanFigure;
  later?: PlanFigure;
}
export interface PlanProject {
  id: string;
  facility: string;
  field: string;
  investment_wan: number;
  building_m2?: number;
  land_m2?: number;
  approx?: ("building_m2" | "land_m2")[];
  say?: Text;
  name: string;
  type: string;
  district?: string;
  operator?: string;
  period?: string;
  beds?: number;
  places?: number;
  source: string;
}
export interface PlanText {
  id: string;
  title: Text;
  say: Text;
  goal?: Text;
  family?: Text;
  since?: number;
  district?: string;
  place: string;
  by?: Text;
  benefits?: string[];
}
export interface PlanConflict {
  id: string;
  kind: "differs" | "scope" | "unclear";
  about: string[];
  say: Text;
  figures?: PlanFigure[];
}
export interface CityPlan {
  format: "km-plan/1";
  source: string;
  remark?: Text;
  themes: { id: string; title: Text }[];
  indicators: Indicator[];
  fields: { id: string; title: Text }[];
  projects: PlanProject[];
  policies: PlanText[];
  elements: PlanText[];
  pilots: PlanText[];
  platforms: PlanText[];
  conflicts: PlanConflict[];
}

// ---- household and result ----

export interface Subject {
  id: string;
  kind: SubjectKind;
  facts: Record<string, FactValue>;
}
export interface Profile {
  format: "km-profile/1";
  as_of: string;
  subjects: Subject[];
  /** Whom the last question was about. */
  asking?: string | undefined;
}

export type Verdict = "yes" | "no" | "open";
export type Per =
  | "person-month"
  | "person-year"
  | "once"
  | "bed-month"
  | "bed"
  | "place"
  | "household"
  | "month"
  | "year"
  | "none"
  | "mixed";
export interface Amount {
  kind: PayKind | "unpublished";
  per?: Per;
  min?: number;
  max?: number;
  cite?: string[];
}
export interface Assessment {
  benefit: string;
  subject: string;
  verdict: Verdict;
  failed: string[];
  criteria: { id: string; state: Verdict; facts?: string[] }[];
  amount?: Amount;
  ask: string[];
  from?: string;
  until?: string;
  remedy?: string[];
  to_confirm?: boolean;
  stale?: Warning[];
}
export interface Ask {
  subject: string;
  fact: string;
}
export interface Result {
  format: "km-result/1";
  as_of: string;
  results: Assessment[];
  ask: Ask[];
  stacking: { group: string; kind: StackingGroup["kind"]; subject: string; benefits: string[] }[];
}

// ---- choices: next, steps, combine ----

export interface NextRequest {
  profile: Profile;
  want?: string[];
  skip?: Ask[];
}
export interface Next {
  format: "km-next/1";
  ask?: Ask;
  order: (Ask & { score: number })[];
  settled: number;
  open: number;
}
export interface Step {
  benefit: string;
  subject: string;
  do: { criterion: string; remedy: number; set: Record<string, FactValue> }[];
  verdict: "yes" | "open";
  amount: Amount;
}
export interface Steps {
  format: "km-steps/1";
  steps: Step[];
}
/** `max` absent = more is possible, not published. */
export interface Range {
  min: number;
  max?: number;
}
export type Every = "per-month" | "per-year" | "once" | "per-bed-month" | "per-bed" | "per-place" | "per-household";
/** Unlike things side by side; `annual` = 12 × per-month + per-year. */
export interface Sums {
  money?: Partial<Record<Every | "annual", Range>>;
  leave_days?: Partial<Record<Every, Range>>;
  tax_deduction?: Partial<Record<Every, Range>>;
}
export interface Totals extends Sums {
  unpublished: number;
  in_kind: number;
}
export interface Choice {
  groups: string[];
  subject: string;
  best?: string[];
  options: { take: string[]; give_up: string[]; loses?: Sums }[];
  depends?: { ask: Ask[]; unpublished: string[] };
}
export interface Combination {
  format: "km-combination/1";
  totals: Totals;
  facility?: Totals;
  choices: Choice[];
  deductions: { rule: string; subject: string; from: string; minus: string[]; before: Range; after: Range }[];
}

// ---- scales ----

export interface ScaleAnswers {
  scale: string;
  answers?: Record<string, number>;
  flags?: Record<string, boolean>;
}
export interface Score {
  format: "km-score/1";
  scale: string;
  dimensions: { id: string; min: number; max: number; band?: string[] }[];
  total?: { min: number; max: number };
  grades: string[];
  settles?: { fact: string; value?: string };
  open_items: { item: string; changes: boolean }[];
  open_flags: { flag: string; changes: boolean }[];
  to_confirm: boolean;
}

// ---- coverage of the plan ----

export interface CoverageRow {
  entry?: string;
  benefit: string;
  status: "calculable" | "eligibility" | "listed";
  amount: PayKind | "unpublished";
  confidence: { conditions: SourceStatus; amount: SourceStatus };
}
export interface Coverage {
  format: "km-coverage/1";
  plan: CoverageRow[];
  others: CoverageRow[];
}

// ---- time and explanation (section 8) ----

export interface Warning {
  kind: "ended" | "ends" | "unconfirmed";
  date?: string;
  param?: string;
  cite: string[];
}
export interface Stale {
  format: "km-stale/1";
  as_of: string;
  warnings: ({ benefit: string } & Warning)[];
}

export interface Side {
  verdict: Verdict;
  amount?: Amount;
}
export interface Timeline {
  format: "km-timeline/1";
  from: string;
  to: string;
  events: {
    date: string;
    benefit: string;
    subject: string;
    before: Side;
    after: Side;
    why: { kind: "age" | "duration" | "calendar" | "param" | "in_force"; fact?: string; param?: string; cite: string[] }[];
  }[];
}

export type DatedSide = Side & { from?: string; until?: string };
export interface Diff {
  format: "km-diff/1";
  as_of: string;
  changes: {
    benefit: string;
    subject: string;
    before?: DatedSide;
    after?: DatedSide;
    since?: string;
    why: { kind: "param" | "criterion" | "row" | "in_force" | "new" | "gone" | "fact"; id?: string; cite: string[] }[];
  }[];
  ignored?: { policy: "old" | "new"; subject?: string; fact?: string; benefit?: string }[];
}

export interface ExplanationNode {
  op: string;
  fact?: string;
  param?: string;
  keys?: string[];
  state?: Verdict;
  value?: FactValue | FactValue[];
  range?: [FactValue, FactValue];
  unpublished?: true;
  cite?: string[];
  args?: ExplanationNode[];
}
export interface Explanation {
  format: "km-explanation/1";
  as_of: string;
  benefit: string;
  subject: string;
  verdict: Verdict;
  tree: { criterion: string; state: Verdict; cite: string[]; from?: string; to?: string; rule?: ExplanationNode }[];
  amount?: Amount;
  rows?: { row: string; cite: string[]; rule: ExplanationNode; pay: ExplanationNode }[];
}

// ---- estimate (section 8) ----

export interface EstimateSubject extends Subject {
  /** How many people it stands for, or between which numbers; absent = unknown. Never of an institution or household. */
  count?: number | [number, number];
}
export interface EstimateRequest {
  format: "km-estimate/1";
  as_of: string;
  years: number;
  subjects: EstimateSubject[];
}
/** Fen; `max` absent = more is possible. */
export interface SumRange {
  min: number;
  max?: number;
}
export interface EstimateYear extends Partial<SumRange> {
  verdict: Verdict | "part";
  cite?: string[];
  to_confirm?: boolean;
}
export interface EstimateLine {
  kind: "once" | "operation" | "staff" | "relief" | "service";
  to: "facility" | "staff";
  count?: SumRange;
  result: Assessment;
  once?: SumRange;
  years?: EstimateYear[];
}
export interface EstimateSums {
  once: SumRange;
  years: SumRange[];
  all: SumRange;
}
export interface Estimation {
  format: "km-estimation/1";
  as_of: string;
  years: { year: number; from: string; to: string }[];
  lines: EstimateLine[];
  totals: Partial<Record<EstimateLine["to"], Partial<Record<"money" | "tax_deduction", EstimateSums>>>> & {
    unpublished: number;
    in_kind: number;
  };
}

// ---- search ----

export type FacilityType =
  | "elder_home"
  | "day_care"
  | "canteen"
  | "medical_care"
  | "wellness"
  | "childcare"
  | "welfare_institute"
  | "children_welfare"
  | "other";
export type Stage = "open" | "planned" | "unknown";
export type Confidence = "official" | "two" | "single" | "single-weak" | "plan";
export type Sort = "relevance" | "distance" | "beds" | "name";

export type HitKind = "facility" | "benefit" | "plan" | "indicator" | "source";
export type MatchKind = "han" | "number" | "pinyin" | "initials" | "near_sound" | "typo" | "word" | "mixed" | "all";
export type HitField = "name" | "type" | "district" | "address" | "operator" | "needs" | "note" | "text";
/** Start and end in Unicode code points. */
export type Span = [number, number];

export interface Query {
  q?: string;
  /** Absent: facilities only. */
  kind?: HitKind[];
  /** Texts of chips that are to be searched as text only. */
  literal?: string[];
  district?: string[];
  type?: string[];
  stage?: string[];
  beds_min?: number;
  /** WGS-84. */
  near?: { lat: number; lon: number; within_m?: number };
  sort?: Sort;
  offset?: number;
  limit?: number;
}
export type ChipKind = "district" | "type" | "need" | "near" | "beds" | "owner" | "price";
/** A word of the query understood as a filter; `range` lies in the query. */
export interface Chip {
  kind: ChipKind;
  value: string[];
  text: string;
  range: Span;
}
interface Match {
  match: MatchKind;
  field?: HitField;
  /** In `name`. */
  highlight?: Span[];
  /** In the other fields of the hit. */
  marks?: Partial<Record<HitField, Span[]>>;
}
export interface Hit extends Match {
  kind: "facility";
  id: string;
  name: string;
  type: FacilityType;
  district?: string;
  address?: string;
  phone?: string;
  beds?: number;
  places?: number;
  stage: Stage;
  operator?: string;
  period?: string;
  lat?: number;
  lon?: number;
  price_min?: number;
  price_max?: number;
  needs?: string;
  note?: string;
  source?: string;
  source_date?: string;
  confidence?: Confidence;
  distance_m?: number;
  /** Chips this row passes only because its data does not say. */
  unsure?: ChipKind[];
}
export interface TextHit extends Match {
  kind: "benefit" | "plan" | "indicator" | "source";
  id: string;
  name: string;
  text?: string;
  benefit?: string;
}
export type Facet = "district" | "type" | "stage" | "kind";
/** The facilities of a district that are not loaded. */
export interface AbsentPart {
  district: string;
  facilities: number;
  /** From the query's point to where they lie. */
  distance_m?: number;
}
export interface Hits<H = Hit> {
  format: "km-hits/1";
  /** Those that could have answers too, the nearest first. */
  absent?: AbsentPart[];
  total: number;
  hits: H[];
  facets: Record<Facet, Record<string, number>>;
  understood: Chip[];
  unknown?: ChipKind[];
  unsure?: number;
  relaxed?: { drop: "district" | "type" | "stage" | "beds_min" | "near" | "kind" | "word"; text?: string; total: number }[];
  /** Nothing in the districts asked for, but across their borders. */
  neighbours?: { district: string; total: number }[];
  suggest?: string[];
}
export interface Suggestion {
  text: string;
  kind: "name" | "district" | "type" | "need";
  id?: string;
}
export interface Suggest {
  format: "km-suggest/1";
  suggest: Suggestion[];
}
export type ComparedField =
  | "type"
  | "district"
  | "address"
  | "phone"
  | "stage"
  | "beds"
  | "places"
  | "operator"
  | "price_min"
  | "price_max"
  | "needs"
  | "period"
  | "confidence";
export interface Comparison {
  format: "km-compare/1";
  ids: string[];
  rows: { field: ComparedField; values: (string | number | null)[]; same: boolean }[];
}
export interface Links {
  format: "km-links/1";
  id: string;
  maps: { map: "amap" | "tencent" | "baidu"; system: "gcj02" | "bd09"; lat?: number; lon?: number; url: string }[];
}
