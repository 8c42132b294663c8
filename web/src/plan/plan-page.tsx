// Journey 5: what the city's plan says. An overview, and a page for each theme, the projects, the policies and what supports them.
import { LoadError } from "../../../wasm/js/load-error";
import { fetchFile } from "../../../wasm/js/snapshot";
import type { CityPlan } from "../../../wasm/js/types";
import type { Engine } from "../engine";
import { useArrival } from "../page";
import { ConflictList } from "./conflict-list";
import { Indicators } from "./indicators";
import { Overview } from "./overview";
import { Policies } from "./policies";
import { Projects } from "./projects";
import { Support } from "./support";

let opened: Promise<CityPlan> | undefined;

/** Fetched once for the whole visit; after a failure the next call starts afresh. */
export function openPlan(engine: Engine, cache: RequestCache): Promise<CityPlan> {
  if (opened === undefined) {
    opened = fetchFile({ ...engine.source, cache }, engine.manifest.files.plan).then(read);
    opened.catch(() => {
      opened = undefined;
    });
  }
  return opened;
}

function read(bytes: Uint8Array): CityPlan {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as CityPlan;
  } catch {
    throw new LoadError("damaged", "plan");
  }
}

/** `part`: a theme, "projects", "policies", "support", "conflicts", or the id of an entry on one of these pages. */
export function PlanParts({ engine, plan, part }: { engine: Engine; plan: CityPlan; part: string | undefined }) {
  const has = (list: { id: string }[]) => list.some(({ id }) => id === part);
  useArrival("entry", part);
  const theme = plan.themes.find(({ id }) => id === (plan.indicators.find((one) => one.id === part)?.theme ?? part));
  if (theme !== undefined) return <Indicators engine={engine} plan={plan} theme={theme} />;
  if (part === "projects" || has(plan.projects)) return <Projects engine={engine} plan={plan} />;
  if (part === "policies" || has(plan.policies)) return <Policies engine={engine} plan={plan} />;
  if (part === "support" || has([...plan.elements, ...plan.pilots, ...plan.platforms])) return <Support engine={engine} plan={plan} />;
  if (part === "conflicts") return <ConflictList plan={plan} />;
  return <Overview engine={engine} plan={plan} />;
}
