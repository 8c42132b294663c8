import type { ComponentChildren } from "preact";
import type { AbsentPart, District, Facet, FacilityType, Hits, Sort, Stage } from "../../../wasm/js/types";
import { say, t } from "../texts";
import type { Wish } from "./wish";

const TYPES: FacilityType[] = [
  "elder_home",
  "day_care",
  "canteen",
  "medical_care",
  "wellness",
  "childcare",
  "welfare_institute",
  "children_welfare",
  "other",
];
const STAGES: Stage[] = ["open", "planned", "unknown"];
const SORTS: Sort[] = ["relevance", "beds", "name"];

interface Props {
  wish: Wish;
  districts: District[];
  /** How many there would be; absent while nothing was found yet. */
  facets?: Hits["facets"] | undefined;
  /** Districts that were not looked into. */
  absent: AbsentPart[];
  onChange(part: Partial<Wish>): void;
  onReset(): void;
}

export function Filters({ wish, districts, facets, absent, onChange, onReset }: Props) {
  const counted = (facet: Facet, value: string, text: string) => {
    const count = facets?.[facet][value] ?? 0;
    const uncounted = facet === "district" && absent.some(({ district }) => district === value);
    return facets === undefined || uncounted ? text : t("find.counted", { text, count: String(count) });
  };
  const used = [wish.stage, wish.beds, wish.sort === "relevance" ? "" : wish.sort].some((one) => one !== "");
  const sorts: Sort[] = wish.near === undefined ? SORTS : [...SORTS, "distance"];
  return (
    <div class="filters">
      <Choice name="district" label={t("find.district")} value={wish.district} onChange={(district) => onChange({ district })}>
        {districts.map(({ code, name }) => (
          <option key={code} value={code}>
            {counted("district", code, say(name))}
          </option>
        ))}
      </Choice>
      <Choice name="type" label={t("find.type")} value={wish.type} onChange={(type) => onChange({ type })}>
        {TYPES.map((type) => (
          <option key={type} value={type}>
            {counted("type", type, t(`web.type.${type}`))}
          </option>
        ))}
      </Choice>
      <details open={used}>
        <summary>{t("find.filters")}</summary>
        <div class="filters">
          <Choice name="stage" label={t("find.stage")} value={wish.stage} onChange={(stage) => onChange({ stage })}>
            {STAGES.map((stage) => (
              <option key={stage} value={stage}>
                {counted("stage", stage, t(`web.stage.${stage}`))}
              </option>
            ))}
          </Choice>
          <label>
            <span>{t("find.beds")}</span>
            <span class="number">
              <input
                type="text"
                inputMode="numeric"
                maxLength={5}
                autocomplete="off"
                value={wish.beds}
                onInput={(event) => onChange({ beds: event.currentTarget.value })}
                data-filter="beds"
              />
              <span>{t("find.beds.unit")}</span>
            </span>
          </label>
          <label>
            <span>{t("find.sort")}</span>
            <select value={wish.sort} onChange={(event) => onChange({ sort: event.currentTarget.value as Sort })} data-filter="sort">
              {sorts.map((sort) => (
                <option key={sort} value={sort}>
                  {t(`find.sort.${sort}`)}
                </option>
              ))}
            </select>
          </label>
          <button type="button" class="secondary" onClick={onReset} data-reset>
            {t("find.reset")}
          </button>
        </div>
      </details>
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  onChange(value: string): void;
  children: ComponentChildren;
}

function Choice({ name, label, value, onChange, children }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)} data-filter={name}>
        <option value="">{t("find.all")}</option>
        {children}
      </select>
    </label>
  );
}
