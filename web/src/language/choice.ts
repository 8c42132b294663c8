// Which language a visitor wants: what the address says (for pages that embed this one), what was chosen here before, or what the browser is set to.
import { CHINESE, LANGUAGES, type Language } from "../texts";

const KEY = "chuncheng.language";

export function wantedLanguage(): Language {
  return known(new URLSearchParams(location.search).get("lang")) ?? known(kept()) ?? ofBrowser(navigator.language ?? "");
}

export function keepLanguage(language: Language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // No storage: for this visit only.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function known(name: string | null): Language | undefined {
  return LANGUAGES.find((one) => one === name);
}

function ofBrowser(tag: string): Language {
  if (/^en\b/i.test(tag)) return "en";
  return /^zh-(hant|tw|hk|mo)\b/i.test(tag) ? "zh-Hant" : CHINESE;
}
