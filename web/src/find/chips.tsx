import type { Chip, District, Hits } from "../../../wasm/js/types";
import { say, t } from "../texts";

interface Props {
  found: Pick<Hits, "understood" | "unknown" | "unsure">;
  districts: District[];
  /** Words that the visitor wants searched as they stand. */
  literal: string[];
  onLiteral(literal: string[]): void;
}

/** Words of the query that were taken for a filter; each can be taken back, and given again. */
export function Chips({ found, districts, literal, onLiteral }: Props) {
  const { understood, unknown = [], unsure = 0 } = found;
  if (understood.length === 0 && literal.length === 0) return null;
  return (
    <div class="chips">
      {understood.length > 0 && <p id="chips-title">{t("find.understood")}</p>}
      <ul>
        {understood.map((chip) => (
          <li key={chip.text}>
            <button
              type="button"
              class="chip"
              onClick={() => onLiteral([...literal, chip.text])}
              aria-label={t("find.chip.undo", { text: chip.text })}
              data-chip={chip.kind}
            >
              {chipText(chip, districts)} <span aria-hidden="true">×</span>
            </button>
            {unknown.includes(chip.kind) && <span class="hint">{t(`find.unknown.${chip.kind}`)}</span>}
          </li>
        ))}
        {literal.map((text) => (
          <li key={text}>
            <button type="button" class="chip off" onClick={() => onLiteral(literal.filter((one) => one !== text))} data-chip="off">
              {t("find.chip.again", { text })}
            </button>
          </li>
        ))}
      </ul>
      {unsure > 0 && <p class="hint">{t("find.unsure", { count: String(unsure) })}</p>}
    </div>
  );
}

function chipText({ kind, value, text }: Chip, districts: District[]): string {
  const name = kind === "district" ? say(districts.find(({ code }) => code === value[0])?.name) : undefined;
  return t(`find.chip.${kind}`, { text: name ?? text, value: value[0] ?? "" });
}
