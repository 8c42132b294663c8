import { changeSettings } from "../settings";
import { t } from "../texts";

const SIZES = [18, 20, 22, 24, 26, 28, 30, 34];

/** A step smaller or larger; the sample and the whole page follow at once. */
export function TextSize({ elder, text = 18 }: { elder: boolean; text: number | undefined }) {
  const sizes = SIZES.filter((size) => size >= (elder ? 22 : 18));
  const at = Math.max(
    0,
    sizes.findIndex((size) => size >= text),
  );
  const step = (by: number) => {
    const size = sizes[at + by];
    changeSettings({ text: size === sizes[0] ? undefined : size });
  };
  return (
    <fieldset class="setting">
      <legend>
        <h2>{t("settings.size")}</h2>
      </legend>
      <div class="stepper">
        <p>{t("settings.size.sample")}</p>
        <div class="steps">
          <button type="button" disabled={at === 0} onClick={() => step(-1)} aria-label={t("settings.size.smaller")} data-smaller>
            &minus;
          </button>
          <output aria-live="polite">{t("settings.size.value", { size: String(sizes[at]) })}</output>
          <button
            type="button"
            disabled={at === sizes.length - 1}
            onClick={() => step(1)}
            aria-label={t("settings.size.larger")}
            data-larger
          >
            +
          </button>
        </div>
      </div>
    </fieldset>
  );
}
