import type { ComponentChildren } from "preact";
import { path } from "../route";
import { t } from "../texts";

/** The way on at the end of a page of the plan. */
export function Back({ children }: { children?: ComponentChildren }) {
  return (
    <p class="actions screen">
      <a class="secondary" href={path.plan}>
        {t("plan.back")}
      </a>
      {children}
    </p>
  );
}
