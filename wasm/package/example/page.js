// The engine in a page. ?policy= is the address of a policy file, such as the site's open/policy.json.
import { CoreModule, isCoreError, wasm } from "../index.js";

const bytes = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());
async function show() {
  const [module, policy] = await Promise.all([
    bytes(wasm.eligibility),
    bytes(new URLSearchParams(location.search).get("policy") ?? "./policy.json"),
  ]);
  const engine = await CoreModule.start(module);
  const refused = engine.load(policy);
  const profile = {
    format: "km-profile/1",
    as_of: "2026-11-23",
    subjects: [{ id: "e1", kind: "elder", facts: { birth_date: "1940-05-01" } }],
  };
  const result = refused ?? engine.call({ eval: profile });

  const counts = document.getElementById("counts");
  if (isCoreError(result)) counts.textContent = JSON.stringify(result.error);
  else {
    const { benefits } = JSON.parse(new TextDecoder().decode(policy));
    const of = (verdict) => result.results.filter((one) => one.verdict === verdict);
    for (const { benefit } of of("yes")) {
      const line = document.createElement("li");
      line.textContent = benefits.find(({ id }) => id === benefit).title.zh;
      document.getElementById("yes").append(line);
    }
    counts.textContent = `yes ${of("yes").length}, open ${of("open").length}, no ${of("no").length}`;
  }
}

show();
