import { useEffect, useRef, useState } from "preact/hooks";
import { clearAnswers } from "../household";
import { go, path } from "../route";
import { t } from "../texts";

/** Deletes the answers after asking once more, in the page itself: a window that pops up frightens. */
export function Clear() {
  const [asking, setAsking] = useState<boolean>();
  const button = useRef<HTMLButtonElement>(null);
  // The button that had the focus is gone: the one in its place takes it.
  useEffect(() => {
    if (asking !== undefined) button.current?.focus();
  }, [asking]);
  const clear = () => {
    clearAnswers();
    go(path.home);
  };
  if (!asking)
    return (
      <button type="button" class="secondary danger" onClick={() => setAsking(true)} ref={button} data-clear>
        {t("web.result.clear")}
      </button>
    );
  return (
    <span class="alert" role="alert">
      {t("web.result.clear.sure")}
      <span class="actions">
        <button type="button" class="secondary danger" onClick={clear} data-clear-sure>
          {t("web.result.clear.yes")}
        </button>
        <button type="button" class="secondary" onClick={() => setAsking(false)} ref={button}>
          {t("web.result.clear.no")}
        </button>
      </span>
    </span>
  );
}
