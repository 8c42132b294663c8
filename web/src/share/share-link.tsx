// A link to hand on: by the device's own share sheet, else by the clipboard, else by hand from a field.
import { useRef, useState } from "preact/hooks";
import { t } from "../texts";

interface Props {
  /** Made when it is asked for. */
  url(): string;
  title: string;
  label: string;
}

export function ShareLink({ url, title, label }: Props) {
  const [shown, setShown] = useState<{ url: string; said: "copied" | "byHand" }>();
  const field = useRef<HTMLInputElement>(null);
  const share = async () => {
    const link = url();
    if (typeof navigator.share === "function") {
      try {
        await navigator.share({ title, url: link });
        return;
      } catch (error) {
        // The visitor thought better of it.
        if ((error as DOMException | null)?.name === "AbortError") return;
      }
    }
    const said = await navigator.clipboard?.writeText(link).then(
      () => "copied" as const,
      () => "byHand" as const,
    );
    setShown({ url: link, said: said ?? "byHand" });
  };
  return (
    <div class="share screen">
      <button type="button" class="secondary" onClick={share} data-share>
        {label}
      </button>
      {/* Always there, so that its words are read out when they come. */}
      <p role="status">{shown !== undefined && t(`share.${shown.said}`)}</p>
      {shown !== undefined && (
        <input
          ref={field}
          type="text"
          readOnly
          value={shown.url}
          aria-label={t("share.field")}
          onFocus={() => field.current?.select()}
          data-share-url
        />
      )}
    </div>
  );
}
