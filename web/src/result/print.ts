import { useEffect } from "preact/hooks";

/** On paper nothing can be unfolded, so everything is unfolded while printing and folded again after. */
export function useUnfoldedPrint() {
  useEffect(() => {
    let folded: HTMLDetailsElement[] = [];
    const unfold = () => {
      folded = Array.from(document.querySelectorAll<HTMLDetailsElement>("main details:not([open])"));
      for (const one of folded) one.open = true;
    };
    const fold = () => {
      for (const one of folded) one.open = false;
    };
    addEventListener("beforeprint", unfold);
    addEventListener("afterprint", fold);
    return () => {
      removeEventListener("beforeprint", unfold);
      removeEventListener("afterprint", fold);
    };
  }, []);
}
