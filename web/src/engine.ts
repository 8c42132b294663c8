// eligibility.wasm with its policy: everything journey 1 asks of the core. Decides which snapshot this visit uses.
import eligibilityUrl from "@wasm/eligibility.wasm?url";
import { fetchModule } from "../../wasm/js/fetch-module";
import { LoadError, type LoadReason } from "../../wasm/js/load-error";
import type { CoreModule } from "../../wasm/js/module";
import { fetchFile, isPart, type Kept, keptSnapshots, type Manifest, readManifest, type Source } from "../../wasm/js/snapshot";
import { keep } from "../../wasm/js/store";
import { type CoreError, isCoreError, type Policy, type Profile, type Result } from "../../wasm/js/types";
import { wantedLanguage } from "./language/choice";
import { type Speech, speech } from "./language/speech";
import { today } from "./today";
import { newestInstalled } from "./update/note";

type Asked = Pick<Profile, "subjects" | "asking">;

/** What pages that ask nothing of the core are drawn with; there before the core is. */
export interface Shell {
  manifest: Manifest;
  /** What came first in line and could not be used, so that this older one is. */
  instead: LoadReason | undefined;
  /** Fetches the texts of the pages that are entered later. */
  laterTexts: Speech["later"];
  /** Changes the language of the page. */
  speak: Speech["speak"];
}

export interface Engine extends Shell {
  policy: Policy;
  /** The manifest to the byte. */
  manifestText: string;
  source: Source;
  asOf: string;
  /** As downloaded and checked, for a module that is opened later. */
  policyBytes: Uint8Array;
  /** Hands the policy to the core, which takes a slow phone longer than drawing a page. `evaluate` does it when it was not done before. */
  load(): CoreError | null;
  evaluate(household: Asked): Result | CoreError;
}

type Candidate = Pick<Kept, "text" | "manifest"> & { kept: boolean };

export const dataBase = () => new URL("data/", document.baseURI).href;

/** Can the core use this policy? */
export async function opensPolicy(policy: Uint8Array): Promise<boolean> {
  return !isCoreError((await fetchModule(eligibilityUrl)).load(policy));
}

/** `load`: only with a policy that the core has taken; else the caller finds out, after drawing. `draw` is called once the texts are there. */
export async function openEngine(cache: RequestCache, load: boolean, draw: (shell: Shell) => void): Promise<Engine> {
  const opening = fetchModule(eligibilityUrl, cache);
  // The module's failure is seen below; until then it must not count as unhandled.
  opening.catch(() => undefined);
  const page = await pageManifest(cache);
  let instead: LoadError | undefined;
  for await (const candidate of candidates(page)) {
    const source: Source = { base: dataBase(), cache, kept: candidate.kept };
    const voice = speech((name, cache) => loadTexts({ ...source, cache }, page, candidate, name));
    const shell: Shell = { manifest: candidate.manifest, instead: instead?.reason, laterTexts: voice.later, speak: voice.speak };
    try {
      const policy = fetchFile(source, candidate.manifest.files.policy);
      policy.catch(() => undefined);
      await voice.start(wantedLanguage(), cache);
      draw(shell);
      const engine = engineOf(await opening, candidate.text, source, await policy, shell);
      if (load && isCoreError(engine.load())) throw new LoadError("damaged", "policy");
      return engine;
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      instead ??= error;
    }
  }
  throw instead ?? new LoadError("damaged", "manifest.json");
}

// Newer ones that were installed, then the page's own; what is kept of older ones only when that fails.
async function* candidates(page: Candidate): AsyncGenerator<Candidate> {
  const lookAhead = newestInstalled() > page.manifest.counter;
  const kept = lookAhead ? await keptSnapshots() : [];
  const newer = ({ manifest }: Kept) => manifest.counter > page.manifest.counter;
  for (const one of kept.filter(newer)) yield { ...one, kept: true };
  yield page;
  for (const one of lookAhead ? kept : await keptSnapshots()) if (!lookAhead || !newer(one)) yield { ...one, kept: true };
}

// The build puts the manifest into the page. A second try asks the server, in case the data there is newer than a page kept somewhere on the way; what
// comes later than the page has to prove where it is from.
async function pageManifest(cache: RequestCache): Promise<Candidate> {
  const text = document.querySelector<HTMLMetaElement>("meta[name=manifest]")?.content ?? "";
  const inPage = { text, manifest: readManifest(text, "index.html"), kept: false };
  if (cache === "default") return inPage;
  const { fetchManifest } = await import("./update/install").catch(() => {
    throw new LoadError("network", "install");
  });
  const fetched = await fetchManifest(dataBase(), SNAPSHOT_KEY);
  return fetched.manifest.counter < inPage.manifest.counter ? inPage : { ...fetched, kept: false };
}

// Messages belong to the page's code, whatever the age of the data; translations of the pack's texts to the pack.
async function loadTexts(source: Source, page: Candidate, candidate: Candidate, name: string) {
  const owner = name.startsWith("pack.") ? candidate : page;
  const entry = owner.manifest.files[name];
  const bytes = await fetchFile({ ...source, kept: owner.kept || isPart(name) }, entry).catch((error: unknown) => {
    if (candidate === owner) throw error;
    return fetchFile(source, candidate.manifest.files[name]);
  });
  // A language that somebody chose is there without the network too.
  if (entry !== undefined && isPart(name)) keep(entry.name, bytes).catch(() => undefined);
  return parse<Record<string, string>>(bytes, name);
}

function engineOf(module: CoreModule, manifestText: string, source: Source, policyBytes: Uint8Array, shell: Shell): Engine {
  const asOf = today();
  let policy: Policy | undefined;
  let loaded: CoreError | null | undefined;
  const load = () => {
    if (loaded === undefined) loaded = module.load(policyBytes);
    return loaded;
  };
  let last: { household: Asked; result: Result | CoreError } | undefined;
  return {
    ...shell,
    get policy() {
      policy ??= parse<Policy>(policyBytes, "policy");
      return policy;
    },
    manifestText,
    source,
    asOf,
    policyBytes,
    load,
    evaluate(household) {
      const refused = load();
      if (refused !== null) return refused;
      if (last?.household !== household) {
        const { subjects, asking } = household;
        const profile: Profile = { format: "km-profile/1", as_of: asOf, subjects, asking };
        last = { household, result: module.call<Result>({ eval: profile }) };
      }
      return last.result;
    },
  };
}

function parse<T>(bytes: Uint8Array, name: string): T {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch {
    throw new LoadError("damaged", name);
  }
}
