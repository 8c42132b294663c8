import type { Shell } from "../engine";
import { LANGUAGES, type Language, t, useLanguage } from "../texts";
import { keepLanguage } from "./choice";
import { useMissed } from "./speech";

/** Each language by its own name; the page stays where it is. */
export function LanguageSwitch({ shell }: { shell: Shell }) {
  const now = useLanguage();
  const choose = (one: Language) => {
    keepLanguage(one);
    void shell.speak(one);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these act at once.
    <div class="languages screen" role="group" aria-label={t("web.language")}>
      {LANGUAGES.map((one) => (
        <button type="button" key={one} lang={one} aria-pressed={one === now} onClick={() => choose(one)} data-language={one}>
          {t(`web.language.${one}`)}
        </button>
      ))}
    </div>
  );
}

/** Says that the wanted language could not be had. */
export function Missed() {
  const missed = useMissed();
  return missed === undefined ? null : (
    <p class="note" role="alert" data-missed>
      {t("web.language.failed", { name: t(`web.language.${missed}`) })}
    </p>
  );
}
