// Facilities that come a district at a time, because there are too many for one download.
import type { LoadReason } from "../../../wasm/js/load-error";
import type { AbsentPart, District } from "../../../wasm/js/types";
import { say, t } from "../texts";

export const nameOf = (districts: District[], code: string) => say(districts.find((one) => one.code === code)?.name) ?? code;

interface PartsProps {
  absent: AbsentPart[];
  districts: District[];
  onChoose(district: string): void;
}

export function Parts({ absent, districts, onChoose }: PartsProps) {
  if (absent.length === 0) return null;
  return (
    <div class="by-district">
      <p>{t("find.parts")}</p>
      <ul>
        {absent.map(({ district, facilities }) => (
          <li key={district}>
            <button type="button" class="secondary" onClick={() => onChoose(district)} data-part={district}>
              {t("find.counted", { text: nameOf(districts, district), count: String(facilities) })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FetchingProps {
  district: string;
  failed?: LoadReason;
  districts: District[];
  retry(): void;
}

export function Fetching({ district, failed, districts, retry }: FetchingProps) {
  const name = nameOf(districts, district);
  if (failed === undefined)
    return (
      <p role="status" class="loading">
        {t("find.part.fetching", { district: name })}
      </p>
    );
  return (
    <div class="alert" role="alert">
      <p>{t("find.part.failed", { district: name })}</p>
      <p>{t(`web.boot.${failed}`)}</p>
      <button type="button" class="primary" onClick={retry}>
        {t("web.retry")}
      </button>
    </div>
  );
}
