// The same page with the modules of this project, without anything else of its page.
import { openBytes } from "../module.mjs";
import { asked, show, showFound } from "./show.mjs";

const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
const both = (wasm, data) => Promise.all([bytes(wasm), bytes(data)]);
const [wasm, policy] = await both("./eligibility.wasm", "./policy.own.json");
const core = await openBytes(wasm, policy);
const { benefits } = JSON.parse(new TextDecoder().decode(policy));
const titles = Object.fromEntries(benefits.map(({ id, title }) => [id, title.zh]));
const { results } = core.call({ eval: JSON.parse(localStorage.getItem("bench.household")).profile });
show(
  "household",
  results.map(({ benefit, subject, verdict, amount }) => {
    const least = amount?.min === undefined ? {} : { min: amount.min };
    return { data: { benefit, subject, verdict, ...least }, text: `${titles[benefit]}: ${verdict} ${least.min ?? ""}` };
  }),
);

let search;
addEventListener("hashchange", async () => {
  search ??= openBytes(...(await both("./search.wasm", "./facilities.db")));
  showFound((await search).call({ q: asked(), limit: 20 }).hits);
});
