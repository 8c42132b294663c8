// Totals, timeline and steps of a household: asked of advice.wasm one after the other, each after the page has been drawn.
import { useEffect, useState } from "preact/hooks";
import { LoadError, type LoadReason } from "../../../wasm/js/load-error";
import { type Combination, type CoreError, isCoreError, type Profile, type Steps, type Timeline } from "../../../wasm/js/types";
import { type Advice, openAdvice } from "../advice";
import type { Engine } from "../engine";
import type { Household } from "../household";

export const YEARS = 10;

export interface Advised {
  combination?: Combination;
  timeline?: Timeline;
  steps?: Steps;
  failed?: LoadReason | CoreError;
}

// A hidden page is never drawn, so the frame is not waited for long.
const drawn = () =>
  new Promise<void>((done) => {
    const timer = setTimeout(done, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(done);
    });
  });

export function useAdvised(engine: Engine, household: Household): Advised & { retry(): void } {
  const [advised, setAdvised] = useState<Advised>({});
  const [cache, setCache] = useState<{ cache: RequestCache }>({ cache: "default" });
  useEffect(() => {
    if (household.subjects.length === 0) return;
    let gone = false;
    const profile: Profile = { format: "km-profile/1", as_of: engine.asOf, subjects: household.subjects };
    const calls = [
      (advice: Advice) => ["combination", advice.combine(profile)] as const,
      (advice: Advice) => ["timeline", advice.timeline(profile, YEARS)] as const,
      (advice: Advice) => ["steps", advice.steps(profile)] as const,
    ];
    const run = async () => {
      const advice = await openAdvice(engine, cache.cache);
      for (const call of calls) {
        await drawn();
        if (gone) return;
        const [name, answer] = call(advice);
        setAdvised((old) => ({ ...old, ...(isCoreError(answer) ? { failed: answer } : { [name]: answer }) }));
      }
    };
    setAdvised({});
    run().catch((error) => {
      if (!gone) setAdvised({ failed: error instanceof LoadError ? error.reason : "engine" });
    });
    return () => {
      gone = true;
    };
  }, [household, cache]);
  return { ...advised, retry: () => setCache({ cache: "reload" }) };
}
