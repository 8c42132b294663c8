import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "./texts";

/** A page's title, in the window and as its h1 (which takes the focus when the page is entered). */
export function Page({ title, lead, children }: { title: string; lead?: string; children: ComponentChildren }) {
  useTitle(title);
  return (
    <>
      {lead !== undefined && <p class="lead">{lead}</p>}
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </>
  );
}

/** Brings the reader to the element whose data-`key` the address names. */
export function useArrival(key: string, value: string | undefined) {
  useEffect(() => {
    const all = document.querySelectorAll<HTMLElement>(`[data-${key}]`);
    const found = value !== undefined && Array.from(all).find((one) => one.dataset[key] === value);
    if (!found) return;
    found.tabIndex = -1;
    found.focus();
    found.scrollIntoView();
  }, [value]);
}

export function useTitle(title: string) {
  useEffect(() => {
    const site = t("web.title");
    document.title = title === site ? site : `${title} - ${site}`;
  }, [title]);
}
