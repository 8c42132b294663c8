/** Does something as soon as what the page shows now has been drawn; a page that is hidden is not drawn, and does not wait for it. */
export function afterPaint(work: () => void) {
  let waiting = true;
  const once = () => {
    if (waiting) work();
    waiting = false;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, 200);
}
