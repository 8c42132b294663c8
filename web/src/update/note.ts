// A note beside the kept snapshots: whether it is worth looking for a newer one than the page's before the first question, and since when it is there.
const KEY = "chuncheng.installed";

interface Installed {
  counter: number;
  at: number;
}

function read(): Installed | undefined {
  try {
    const [counter, at] = (localStorage.getItem(KEY) ?? "").split(" ").map(Number);
    return counter && at ? { counter, at } : undefined;
  } catch {
    return undefined; // no storage: nothing was installed either
  }
}

export const newestInstalled = () => read()?.counter ?? 0;

/** When this snapshot was installed, by the clock of then. */
export function installedAt(counter: number): number | undefined {
  const note = read();
  return note?.counter === counter ? note.at : undefined;
}

export function noteInstalled(counter: number) {
  try {
    localStorage.setItem(KEY, `${counter} ${Date.now()}`);
  } catch {
    // Then the next start uses the page's own data and the next check installs it anew.
  }
}
