// A script of its own in the head of each page, run before anything is drawn: puts the visitor's settings on <html>.
// What the device itself asks for (dark, more contrast, no motion) is decided here too, so that the style sheet knows one word for each.
((root: HTMLElement) => {
  const asks = (what: string) => matchMedia(`(prefers-${what})`);
  const dark = asks("color-scheme: dark");
  const sharp = asks("contrast: more");
  const still = asks("reduced-motion: reduce");
  let now: Settings = {};

  function apply(settings: Settings) {
    now = settings;
    const { elder, contrast, theme, text, motion } = settings;
    const on = (name: string, truth: boolean | undefined, value = "") => {
      if (truth) root.dataset[name] = value;
      else delete root.dataset[name];
    };
    const size = Math.min(40, Math.max(Number(text) || 0, elder ? 22 : 18));
    on("elder", elder);
    on("contrast", contrast ?? sharp.matches);
    on("theme", theme === undefined ? dark.matches : theme === "dark", "dark");
    on("still", motion === false || still.matches);
    on("text", size > 18, String(size));
    // A share of the browser's own size, which the reader may have changed as well.
    root.style.setProperty("--text", `${size / 0.16}%`);
  }

  try {
    now = JSON.parse(localStorage.getItem("chuncheng.settings") ?? "{}") ?? {};
  } catch {
    // Nothing kept, or no storage.
  }
  window.settings = { kept: now, apply };
  apply(now);
  // Old browsers lack addEventListener here.
  for (const one of [dark, sharp, still]) one.onchange = () => apply(now);
})(document.documentElement);
