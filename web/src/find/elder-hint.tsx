import { path } from "../route";
import { t } from "../texts";

/** Who looks for 长辈版 here is led to it (T/TAF 114-2022 wants the site's own search to find it). */
export function ElderHint({ q }: { q: string }) {
  const asked = t("find.elder.words")
    .split(" ")
    .some((word) => q.toLowerCase().includes(word));
  if (!asked) return null;
  return (
    <p class="note" data-elder-hint>
      <a href={path.settings}>{t("find.elder")}</a>
    </p>
  );
}
