/** Does what may as well be done later, when nothing else goes on; not at all where the visitor asked the browser to save data. */
export function whenIdle(afterMs: number, work: () => unknown) {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData === true) return;
  setTimeout(() => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(work);
    else work();
  }, afterMs);
}
