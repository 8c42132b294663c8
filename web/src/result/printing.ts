import { useEffect } from "preact/hooks";
import { sharedState } from "../shared-state";

/** On paper nothing can be unfolded: true while the page is being printed. */
export const printing = sharedState(false);

export function useUnfoldedPrint() {
  useEffect(() => {
    const unfold = () => printing.set(true);
    const fold = () => printing.set(false);
    addEventListener("beforeprint", unfold);
    addEventListener("afterprint", fold);
    return () => {
      removeEventListener("beforeprint", unfold);
      removeEventListener("afterprint", fold);
    };
  }, []);
}
