import { changeSettings, useSettings } from "../settings";
import { t } from "../texts";

/** Between the elders' version and the standard one; named after where it leads. */
export function ElderSwitch({ hint }: { hint?: boolean }) {
  const { elder } = useSettings();
  return (
    <button
      type="button"
      class={hint ? "unknown elder" : "elder"}
      onClick={() => changeSettings({ elder: elder ? undefined : true })}
      data-elder-switch
    >
      {t(elder ? "web.elder.off" : "web.elder.on")}
      {hint && !elder && <small>{t("web.elder.hint")}</small>}
    </button>
  );
}
