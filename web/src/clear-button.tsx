// Deletes after asking once more, in the page itself: a window that pops up frightens, and inside another site's page there is none.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "./texts";

interface Props {
  label: string;
  /** What will be gone. */
  sure: string;
  clear(): void;
}

export function ClearButton({ label, sure, clear }: Props) {
  const [asking, setAsking] = useState(false);
  const [start, no] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)];
  const moved = useRef(false);
  // The button that had the focus is gone. The way back takes it: a second press by accident deletes nothing.
  useEffect(() => {
    if (moved.current) (asking ? no : start).current?.focus();
    moved.current = true;
  }, [asking]);
  if (!asking)
    return (
      <button type="button" class="secondary danger" onClick={() => setAsking(true)} ref={start} data-clear>
        {label}
      </button>
    );
  return (
    <span class="stacking">
      <span role="alert">{sure}</span>
      <span class="actions">
        <button
          type="button"
          class="secondary danger"
          onClick={() => {
            setAsking(false);
            clear();
          }}
          data-clear-yes
        >
          {t("web.result.clear.yes")}
        </button>
        <button type="button" class="secondary" onClick={() => setAsking(false)} ref={no}>
          {t("web.result.clear.no")}
        </button>
      </span>
    </span>
  );
}
