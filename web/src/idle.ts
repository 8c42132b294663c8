/** Does what may as well be done later, when nothing else goes on; not at all where the visitor asked the browser to save data. */
export function whenIdle(afterMs: number, work: () => unknown) {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData === true) return;
  setTimeout(() => {
    // A slow phone may never be idle: then it is done all the same.
    if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: 5000 });
    else work();
  }, afterMs);
}
