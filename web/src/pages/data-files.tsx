// The data as files for people who work with it. What there is, and its hashes, says the list that `chuncheng export` wrote.
import { LoadError } from "../../../wasm/js/load-error";
import { download } from "../../../wasm/js/snapshot";
import type { Engine } from "../engine";
import { Page } from "../page";
import { dateText, type TextKey, t } from "../texts";
import { downloadGuide } from "../wechat";

interface OpenFile {
  name: string;
  sha256: string;
}

const base = () => new URL("open/", document.baseURI).href;
const SAY: Record<string, TextKey> = {
  "facilities.csv": "data.csv",
  "facilities.json": "data.json",
  "facilities.db": "data.db",
  "facility.schema.json": "data.schema",
  "policy.json": "data.policy",
  "plan.json": "data.plan",
  "manifest.json": "data.manifest",
  "LICENCE.txt": "data.licence",
};

export async function listFiles(cache: RequestCache): Promise<OpenFile[]> {
  const url = `${base()}checksums.txt`;
  const text = new TextDecoder().decode(await download(url, { cache: cache === "default" ? "no-cache" : cache }));
  const files = Array.from(text.matchAll(/^([0-9a-f]{64}) {2}([\w.]+)$/gm), ([, sha256 = "", name = ""]) => ({ sha256, name }));
  if (files.length === 0) throw new LoadError("damaged", url);
  return files;
}

export function DataFiles({ engine, files }: { engine: Engine; files: OpenFile[] }) {
  return (
    <Page title={t("web.data.title")}>
      <p>{t("data.text", { date: dateText(engine.manifest.data_date) })}</p>
      <p>{t("data.terms")}</p>
      {downloadGuide() !== undefined && <p class="more">{downloadGuide()}</p>}
      <ul class="files">
        {files.map(({ name, sha256 }) => (
          <li key={name}>
            <a href={base() + name} download>
              {name}
            </a>
            {SAY[name] !== undefined && <p>{t(SAY[name])}</p>}
            <p class="hint">
              SHA-256 <code>{sha256}</code>
            </p>
          </li>
        ))}
        <li>
          <a href={`${base()}checksums.txt`} download>
            checksums.txt
          </a>
          <p>{t("data.checksums")}</p>
        </li>
      </ul>
    </Page>
  );
}
