import type { ComponentChildren } from "preact";
import { CHINESE, language } from "../texts";

/** Text that is Chinese in every language, such as the name of a place: read with the right voice, drawn with the right characters. */
export function Zh({ children }: { children: ComponentChildren }) {
  return language() === CHINESE ? children : <span lang={CHINESE}>{children}</span>;
}

// Of the private use area: in no message.
const SLOT = "\uE000";

/** A message with such a text in it: `children` makes the message of what is to stand in the text's place. */
export function ZhIn({ zh, children }: { zh: string; children(slot: string): string }) {
  const [before, after] = children(SLOT).split(SLOT);
  return (
    <>
      {before}
      <Zh>{zh}</Zh>
      {after}
    </>
  );
}
