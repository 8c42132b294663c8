// Entering #/data: fetches the page's code and the list of files.
import { LoadError } from "../../../wasm/js/load-error";
import type { Engine } from "../engine";
import { Opening } from "../opening";
import { t } from "../texts";

async function open(cache: RequestCache) {
  const page = await import("./data-files").catch(() => {
    throw new LoadError("network", "data-files");
  });
  return { page, files: await page.listFiles(cache) };
}

export function DataPage({ engine }: { engine: Engine }) {
  return (
    <Opening engine={engine} title={t("web.data.title")} loading={t("web.data.loading")} failed={t("web.data.failed")} open={open}>
      {({ page: { DataFiles }, files }) => <DataFiles engine={engine} files={files} />}
    </Opening>
  );
}
