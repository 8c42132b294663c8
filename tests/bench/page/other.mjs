// What a household is entitled to, by publicodes; after a change of the fragment, facilities for a text, by MiniSearch.
import Engine from "publicodes";
import { asked, show, showFound } from "./show.mjs";

const policy = await (await fetch("./policy.json")).json();
const { people } = JSON.parse(localStorage.getItem("bench.household"));
const engine = new Engine(policy.rules, { logger: { log() {}, warn() {}, error() {} } });
const lines = [];
for (const { id, kind, situation } of people) {
  engine.setSituation(situation);
  for (const { benefit, subject, title, met, pay } of policy.benefits) {
    if (subject !== kind) continue;
    const value = engine.evaluate(met).nodeValue;
    const verdict = value === true ? "yes" : value === false ? "no" : "open";
    const amount = verdict === "yes" && pay !== null ? { min: Number(engine.evaluate(pay).nodeValue) } : {};
    lines.push({ data: { benefit, subject: id, verdict, ...amount }, text: `${title}: ${verdict} ${amount.min ?? ""}` });
  }
}
show("household", lines);

addEventListener("hashchange", async () => {
  const { search } = await import("./other-search.mjs");
  showFound(await search(asked()));
});
