// What one household is entitled to:  node household.mjs policy.json [profile.json]
// The policy is a file of the site: open/policy.json.
import { readFile } from "node:fs/promises";
import { CoreModule, isCoreError, wasm } from "chuncheng-engine";

const [, , policyPath, profilePath] = process.argv;
const policy = await readFile(policyPath);
const profile =
  profilePath === undefined
    ? { format: "km-profile/1", as_of: "2026-11-23", subjects: [{ id: "e1", kind: "elder", facts: { birth_date: "1940-05-01" } }] }
    : JSON.parse(await readFile(profilePath, "utf8"));

const engine = await CoreModule.start(await readFile(wasm.eligibility));
const refused = engine.load(policy);
if (refused !== null) throw new Error(JSON.stringify(refused));

const result = engine.call({ eval: profile });
if (isCoreError(result)) throw new Error(JSON.stringify(result));
console.log(JSON.stringify(result));
