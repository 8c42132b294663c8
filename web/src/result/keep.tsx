// The visitor's say over what stays on this device.
import { useState } from "preact/hooks";
import { clearDevice } from "../clear";
import { ClearButton } from "../clear-button";
import type { Household } from "../household";
import { keepAnswers, keepsAnswers } from "../kept";
import { path } from "../route";
import { t } from "../texts";

export function Keep({ household }: { household: Household }) {
  const [keeping, setKeeping] = useState(keepsAnswers);
  const [done, setDone] = useState(false);
  const clear = async () => {
    await clearDevice();
    setKeeping(keepsAnswers());
    setDone(true);
  };
  return (
    <section class="keep screen" aria-labelledby="keep">
      <h2 id="keep">{t("web.result.keep.title")}</h2>
      <label class="choice">
        <input
          type="checkbox"
          checked={keeping}
          data-keep
          onChange={({ currentTarget: { checked } }) => {
            keepAnswers(checked);
            setKeeping(keepsAnswers());
          }}
        />
        <span>{t("web.result.keep")}</span>
      </label>
      <p class="note">{t(keeping ? "web.result.keep.on" : "web.result.keep.off")}</p>
      <ClearButton label={t("web.result.clear")} sure={t("web.result.clear.sure")} clear={clear} />
      <p role="status" data-cleared={done && household.subjects.length === 0 ? "" : undefined}>
        {done && (
          <>
            {t("web.result.clear.done")} <a href={path.home}>{t("web.404.home")}</a>
          </>
        )}
      </p>
    </section>
  );
}
