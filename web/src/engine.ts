// eligibility.wasm with its policy: everything journey 1 asks of the core.
import eligibilityUrl from "@wasm/eligibility.wasm?url";
import { LoadError } from "../../wasm/js/load-error";
import { CoreModule } from "../../wasm/js/module";
import { fetchFile, fetchManifest, type Manifest, readManifest } from "../../wasm/js/snapshot";
import { type CoreError, isCoreError, type Policy, type Profile, type Result } from "../../wasm/js/types";
import { setTexts } from "./texts";
import { today } from "./today";

type Asked = Pick<Profile, "subjects" | "asking">;

export interface Engine {
  policy: Policy;
  manifest: Manifest;
  dataBase: string;
  asOf: string;
  /** As downloaded and checked, for a module that is opened later. */
  policyBytes: Uint8Array;
  evaluate(household: Asked): Result | CoreError;
}

export async function openEngine(cache: RequestCache): Promise<Engine> {
  const dataBase = new URL("data/", document.baseURI).href;
  const opening = CoreModule.open(eligibilityUrl, cache);
  // The module's failure is seen below; until then it must not count as unhandled.
  opening.catch(() => undefined);
  const manifest = await findManifest(dataBase, cache);
  const [policyBytes, textBytes] = await Promise.all([
    fetchFile(dataBase, manifest.files.policy, cache),
    fetchFile(dataBase, manifest.files["texts.zh-CN"], cache),
  ]);
  const policy = parse<Policy>(policyBytes, "policy");
  setTexts(parse<Record<string, string>>(textBytes, "texts"));
  const module = await opening;
  if (isCoreError(module.load(policyBytes))) throw new LoadError("damaged", "policy");
  const asOf = today();
  let last: { household: Asked; result: Result | CoreError } | undefined;
  return {
    policy,
    manifest,
    dataBase,
    asOf,
    policyBytes,
    evaluate(household) {
      if (last?.household !== household) {
        const { subjects, asking } = household;
        const profile: Profile = { format: "km-profile/1", as_of: asOf, subjects, asking };
        last = { household, result: module.call<Result>({ eval: profile }) };
      }
      return last.result;
    },
  };
}

// The build puts the manifest into the page. A second try asks the server, in case the data there is newer than a page kept somewhere on the way.
async function findManifest(dataBase: string, cache: RequestCache): Promise<Manifest> {
  const inPage = document.querySelector<HTMLMetaElement>("meta[name=manifest]")?.content;
  return inPage !== undefined && cache === "default" ? readManifest(inPage, "index.html") : fetchManifest(dataBase, cache);
}

function parse<T>(bytes: Uint8Array, name: string): T {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch {
    throw new LoadError("damaged", name);
  }
}
