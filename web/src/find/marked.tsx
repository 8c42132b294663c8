import type { ComponentChildren } from "preact";
import type { Span } from "../../../wasm/js/types";
import { Zh } from "../language/zh";

/** What the data says, in Chinese, with what was found in it marked. Spans count code points, not UTF-16 units. */
export function Marked({ text, spans = [] }: { text: string; spans?: Span[] | undefined }) {
  const signs = Array.from(text);
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    parts.push(signs.slice(at, start).join(""), <mark>{signs.slice(start, end).join("")}</mark>);
    at = end;
  }
  parts.push(signs.slice(at).join(""));
  return <Zh>{parts}</Zh>;
}
