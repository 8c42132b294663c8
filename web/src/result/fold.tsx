// A fold whose inside is made when it is first opened: a large family's page would be thousands of elements otherwise.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { printing } from "./printing";

interface Props {
  summary: ComponentChildren;
  class?: string;
  /** Stays folded on paper. */
  onScreen?: boolean;
  /** The inside is there from the start. */
  made?: boolean;
  children(): ComponentChildren;
}

export function Fold({ summary, class: name, onScreen = false, made = false, children }: Props) {
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState(made);
  const paper = printing.use() && !onScreen;
  return (
    <details
      class={name}
      open={open || paper}
      onToggle={({ currentTarget }) => {
        if (printing.get()) return;
        setSeen(seen || currentTarget.open);
        setOpen(currentTarget.open);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button; its click comes before the fold opens, which so never opens empty. */}
      <summary onClick={() => setSeen(true)}>{summary}</summary>
      {(seen || paper) && children()}
    </details>
  );
}
