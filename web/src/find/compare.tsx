// Up to four facilities side by side. Rows that differ stand out; what is not known is said.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import {
  type ComparedField,
  type Comparison,
  type Confidence,
  type District,
  type FacilityType,
  isCoreError,
  type Stage,
} from "../../../wasm/js/types";
import { Zh } from "../language/zh";
import { say, t } from "../texts";
import type { Search } from "./search";

export const MOST_COMPARED = 4;

interface Props {
  picked: { id: string; name: string }[];
  districts: District[];
  search: Search;
  onClear(): void;
}

export function Compare({ picked, districts, search, onClear }: Props) {
  const [shown, setShown] = useState<Comparison>();
  const ids = picked.map(({ id }) => id).join(" ");
  useEffect(() => setShown(undefined), [ids]);
  if (picked.length === 0) return null;
  const compare = async () => {
    const answer = await search.compare(picked.map(({ id }) => id));
    if (!isCoreError(answer)) setShown(answer);
  };
  return (
    <div class="compare">
      <p class="actions screen">
        <span>{t("find.compare.picked", { count: String(picked.length), most: String(MOST_COMPARED) })}</span>
        <button type="button" class="primary" disabled={picked.length < 2} onClick={compare} data-compare>
          {t("find.compare.show")}
        </button>
        <button type="button" class="secondary" onClick={onClear}>
          {t("find.compare.clear")}
        </button>
      </p>
      {shown !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
        <section class="wide" tabIndex={0} aria-label={t("find.compare.title")}>
          <table>
            <thead>
              <tr>
                <td />
                {picked.map(({ id, name }) => (
                  <th key={id} scope="col">
                    <Zh>{name}</Zh>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.rows.map(({ field, values, same }) => (
                <tr key={field} class={same ? "" : "differs"}>
                  <th scope="row">{t(`find.field.${field}`)}</th>
                  {values.map((value, index) => (
                    <td key={picked[index]?.id}>{shownValue(field, value, districts)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

function shownValue(field: ComparedField, value: string | number | null, districts: District[]): ComponentChildren {
  if (value === null) return t("find.compare.unknown");
  const text = String(value);
  switch (field) {
    case "type":
      return t(`web.type.${text as FacilityType}`);
    case "stage":
      return t(`web.stage.${text as Stage}`);
    case "confidence":
      return t(`web.confidence.${text as Confidence}`);
    case "district":
      return say(districts.find(({ code }) => code === text)?.name) ?? text;
    case "beds":
      return t("find.beds.value", { n: text });
    case "places":
      return t("find.places.value", { n: text });
    case "price_min":
    case "price_max":
      return t("find.price.value", { n: text });
    default:
      return <Zh>{text}</Zh>;
  }
}
