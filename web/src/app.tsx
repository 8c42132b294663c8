// The frame around every page, and which page is shown.
import { useEffect, useErrorBoundary, useLayoutEffect, useRef } from "preact/hooks";
import { afterPaint } from "./after-paint";
import type { Engine, Shell } from "./engine";
import { FindLoader } from "./find/loader";
import { useHousehold } from "./household";
import { LanguageSwitch, Missed } from "./language/switch";
import { Later } from "./later";
import { Page } from "./page";
import { CoveragePage } from "./pages/coverage";
import { DataPage } from "./pages/data";
import { EstimatePage } from "./pages/estimate";
import { Home } from "./pages/home";
import { PlanPage } from "./pages/plan";
import { Question } from "./pages/question";
import { Who } from "./pages/who";
import { path, type Route, useRoute } from "./route";
import { ElderSwitch } from "./settings/elder-switch";
import { ReadAloud } from "./speak/place";
import { dateText, type TextKey, t, useLanguage } from "./texts";

interface Props {
  shell: Shell;
  /** Not there yet: only the first pages can be shown. */
  engine: Engine | undefined;
}

export function App({ shell, engine }: Props) {
  const route = useRoute();
  // Drawn again in another language, with all that is in it.
  useLanguage();
  const moved = useRef(false);
  // Every new route moves the reader to its heading.
  useEffect(() => {
    if (moved.current) {
      scrollTo(0, 0);
      document.querySelector("h1")?.focus({ preventScroll: true });
    }
    moved.current = true;
  }, [route]);
  return (
    <>
      <button type="button" class="skip" onClick={toHeading}>
        {t("web.skip")}
      </button>
      <header class="top">
        <a class="brand" href={path.home}>
          {t("web.title")}
        </a>
        <div class="tools">
          <ReadAloud />
          <ElderSwitch />
        </div>
        <nav aria-label={t("web.nav")}>
          <Tab to={path.who} text="web.nav.check" current={route.page === "who" || route.page === "question" || route.page === "result"} />
          <Tab to={path.find} text="web.nav.find" current={route.page === "find"} />
          <Tab
            to={path.about}
            text="web.nav.about"
            current={route.page === "about" || route.page === "coverage" || route.page === "data" || route.page === "plan"}
          />
        </nav>
      </header>
      <main class={route.page}>
        <Missed />
        {shell.instead !== undefined && route.page !== "about" && (
          <p class="note" role="status">
            {t("web.update.instead", { date: dateText(shell.manifest.data_date) })}
          </p>
        )}
        <Shown route={route} shell={shell} engine={engine} key={JSON.stringify(route)} />
      </main>
      <footer class="bottom">
        <LanguageSwitch shell={shell} />
        <p>
          <a href={path.settings}>{t("web.settings")}</a>
        </p>
        <p>{t("web.home.privacy")}</p>
        <p>{t("web.home.disclaimer")}</p>
      </footer>
    </>
  );
}

function Tab({ to, text, current }: { to: string; text: TextKey; current: boolean }) {
  return (
    <a href={to} aria-current={current ? "page" : undefined}>
      {t(text)}
    </a>
  );
}

// A button, not a link: the fragment belongs to the routes.
function toHeading() {
  document.querySelector("h1")?.focus();
}

/** The core is on its way. */
function Waiting() {
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.tagName === "H1") afterPaint(() => document.querySelector("h1")?.focus({ preventScroll: true }));
    },
    [],
  );
  return (
    <Page title={t("web.title")}>
      <p role="status" class="loading">
        {t("web.boot.wait")}
      </p>
    </Page>
  );
}

function Shown({ route, shell, engine }: Props & { route: Route }) {
  const household = useHousehold();
  const [crash, again] = useErrorBoundary();
  if (crash !== undefined) {
    return (
      <Page title={t("web.crash.title")}>
        <p role="alert">{t("web.crash.text")}</p>
        <button type="button" class="primary" onClick={again}>
          {t("web.retry")}
        </button>
        <p>
          <a href={path.home}>{t("web.404.home")}</a>
        </p>
      </Page>
    );
  }
  if (route.page === "who") return <Who engine={engine} household={household} />;
  if (route.page === "home") return <Home shell={shell} engine={engine} household={household} />;
  if (engine === undefined) return <Waiting />;
  switch (route.page) {
    case "question":
      return <Question engine={engine} household={household} subject={route.subject} fact={route.fact} after={route.after} />;
    case "result":
      return (
        <Later engine={engine} title={t("web.nav.check")}>
          {({ ResultPage }) => <ResultPage engine={engine} household={household} part={route.part} />}
        </Later>
      );
    case "share":
      return (
        <Later engine={engine} title={t("web.nav.check")}>
          {({ Received }) => <Received engine={engine} household={household} text={route.part ?? ""} />}
        </Later>
      );
    case "scale":
      return (
        <Later engine={engine} title={t("web.home.scale")}>
          {({ ScalePage }) => <ScalePage engine={engine} household={household} scale={route.scale} step={route.step} after={route.after} />}
        </Later>
      );
    case "find":
      return <FindLoader engine={engine} facility={route.facility} />;
    case "about":
      return (
        <Later engine={engine} title={t("web.nav.about")}>
          {({ About }) => <About engine={engine} />}
        </Later>
      );
    case "settings":
      return (
        <Later engine={engine} title={t("web.settings")}>
          {({ SettingsPage }) => <SettingsPage engine={engine} />}
        </Later>
      );
    case "data":
      return <DataPage engine={engine} />;
    case "estimate":
      return <EstimatePage engine={engine} />;
    case "coverage":
      return <CoveragePage engine={engine} benefit={route.part} />;
    case "plan":
      return <PlanPage engine={engine} part={route.part} />;
  }
}
