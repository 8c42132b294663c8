// The visitor's say over what stays on this device.
import { useEffect, useRef, useState } from "preact/hooks";
import { clearDevice, keepAnswers, keepsAnswers } from "../clear";
import type { Household } from "../household";
import { path } from "../route";
import { t } from "../texts";

export function Keep({ household }: { household: Household }) {
  const [keeping, setKeeping] = useState(keepsAnswers);
  const [stage, setStage] = useState<"no" | "asked" | "done">("no");
  const button = useRef<HTMLButtonElement>(null);
  const moved = useRef(false);
  // The button that had the focus is gone: the one in its place takes it.
  useEffect(() => {
    if (moved.current) button.current?.focus();
    moved.current = true;
  }, [stage]);
  const clear = async () => {
    await clearDevice();
    setKeeping(keepsAnswers());
    setStage("done");
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
      {stage === "asked" ? (
        <div class="stacking">
          <p role="alert">{t("web.result.clear.sure")}</p>
          <p class="actions">
            <button type="button" class="secondary danger" onClick={clear} data-clear-yes>
              {t("web.result.clear.yes")}
            </button>
            <button type="button" class="secondary" onClick={() => setStage("no")} ref={button}>
              {t("web.result.clear.no")}
            </button>
          </p>
        </div>
      ) : (
        <button type="button" class="secondary danger" onClick={() => setStage("asked")} ref={button} data-clear>
          {t("web.result.clear")}
        </button>
      )}
      <p role="status" data-cleared={stage === "done" && household.subjects.length === 0 ? "" : undefined}>
        {stage === "done" && (
          <>
            {t("web.result.clear.done")} <a href={path.home}>{t("web.404.home")}</a>
          </>
        )}
      </p>
    </section>
  );
}
