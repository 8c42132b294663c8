// What there is to read aloud on a page, a block at a time.

const BLOCKS = "h1,h2,h3,h4,p,li,label,button,summary,dt,dd,td,th,figcaption,div,section,article,main";

/** The words of `root` that can be seen, in order; a button without words by its name. */
export function passages(root: Element): string[] {
  const out: string[] = [];
  let last: Element | null = null;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    const words = node.textContent?.replace(/\s+/g, " ").trim() ?? "";
    if (parent === null || words === "" || parent.closest("[aria-hidden=true],select,svg,[hidden],.screen") || !seen(parent)) continue;
    const named = parent.closest("button[aria-label]");
    const block = parent.closest(BLOCKS);
    if (named !== null && named === last) continue;
    if (named !== null) out.push(named.getAttribute("aria-label") ?? "");
    else if (block !== null && block === last) out.push(`${out.pop()} ${words}`);
    else out.push(words);
    last = named ?? block;
  }
  return out;
}

function seen(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
}
