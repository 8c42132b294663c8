// advice.wasm with the policy and its supplement: everything beyond a household's verdicts. Opened when a page first asks for it.
import adviceUrl from "@wasm/advice.wasm?url";
import { fetchModule } from "../../wasm/js/fetch-module";
import { LoadError } from "../../wasm/js/load-error";
import { fetchFile } from "../../wasm/js/snapshot";
import {
  type Combination,
  type CoreError,
  type Coverage,
  type EstimateRequest,
  type Estimation,
  isCoreError,
  type Profile,
  type ScaleAnswers,
  type Score,
  type Steps,
  type Supplement,
  type Timeline,
} from "../../wasm/js/types";
import type { Engine } from "./engine";

export interface Advice {
  supplement: Supplement;
  coverage(): Coverage | CoreError;
  combine(profile: Profile): Combination | CoreError;
  steps(profile: Profile): Steps | CoreError;
  timeline(profile: Profile, years: number): Timeline | CoreError;
  score(answers: ScaleAnswers): Score | CoreError;
  estimate(request: EstimateRequest): Estimation | CoreError;
}

let opened: Promise<Advice> | undefined;

/** One module for the whole visit; after a failure the next call starts afresh. */
export function openAdvice(engine: Engine, cache: RequestCache): Promise<Advice> {
  if (opened === undefined) {
    opened = start(engine, cache);
    opened.catch(() => {
      opened = undefined;
    });
  }
  return opened;
}

async function start(engine: Engine, cache: RequestCache): Promise<Advice> {
  const [module, bytes] = await Promise.all([
    fetchModule(new URL(adviceUrl, document.baseURI).href, cache),
    fetchFile({ ...engine.source, cache }, engine.manifest.files.supplement),
  ]);
  for (const part of [engine.policyBytes, bytes]) if (isCoreError(module.load(part))) throw new LoadError("damaged", "supplement");
  return {
    supplement: JSON.parse(new TextDecoder().decode(bytes)) as Supplement,
    coverage: () => module.call<Coverage>({ coverage: {} }),
    combine: (profile) => module.call<Combination>({ combine: profile }),
    steps: (profile) => module.call<Steps>({ steps: profile }),
    timeline: (profile, years) => module.call<Timeline>({ timeline: { profile, years } }),
    score: (answers) => module.call<Score>({ score: answers }),
    estimate: (request) => module.call<Estimation>({ estimate: request }),
  };
}
