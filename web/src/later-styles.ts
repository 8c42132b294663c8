// The style of every page outside of the first path, in a file of its own.
import { LoadError } from "../../wasm/js/load-error";
import stylesUrl from "./later.css?url";

/** Resolves once it applies; LoadError when it cannot be fetched. */
export function laterStyles(): Promise<void> {
  return new Promise((resolve, reject) => {
    const href = new URL(stylesUrl, document.baseURI).href;
    const links = Array.from(document.querySelectorAll<HTMLLinkElement>("link[data-later]"));
    if (links.some((one) => one.href === href)) return resolve();
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => {
      link.dataset.later = "";
      resolve();
    };
    link.onerror = () => {
      link.remove();
      reject(new LoadError("network", href));
    };
    document.head.append(link);
  });
}
