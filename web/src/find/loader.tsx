// Entering #/find: fetches the page's code, the search module and the database.
import { LoadError } from "../../../wasm/js/load-error";
import type { Engine } from "../engine";
import { Opening } from "../opening";
import type { Route } from "../route";
import { t } from "../texts";
import { loadFindPage } from "./prepare";

type Facility = Extract<Route, { page: "find" }>["facility"];

async function open(engine: Engine, cache: RequestCache) {
  const page = await loadFindPage().catch(() => {
    throw new LoadError("network", "find-page");
  });
  return { page, search: await page.openSearch(engine, cache) };
}

export function FindLoader({ engine, facility }: { engine: Engine; facility: Facility }) {
  return (
    <Opening
      engine={engine}
      title={t("web.find.title")}
      loading={t("web.find.loading")}
      failed={t("web.find.failed")}
      open={(cache) => open(engine, cache)}
    >
      {({ page: { FindPage }, search }) => <FindPage engine={engine} search={search} facility={facility} />}
    </Opening>
  );
}
