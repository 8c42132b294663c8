// What the pack says of borders and of where the city lies is what the outlines say.
import { readFileSync } from "node:fs";
import { bounds, neighbours, outlines } from "../../web/districts.mjs";

const { districts } = JSON.parse(readFileSync(new URL("../../shared/packs/kunming/districts.json", import.meta.url), "utf8"));
const all = outlines();
const drawn = neighbours(all);
const problems = [];
const named = new Map(districts.map(({ code, name }) => [code, name.zh]));
for (const { kind, name, neighbours: said = [] } of districts) {
  const wanted = (kind === "statutory" ? (drawn.get(name.zh) ?? ["no outline"]) : []).join();
  const found = said
    .map((code) => named.get(code))
    .sort()
    .join();
  if (found !== wanted.split(",").sort().join()) problems.push(`${name.zh}: the pack says ${found}, the outlines ${wanted}`);
}
if (drawn.size !== districts.filter(({ kind }) => kind === "statutory").length) problems.push(`${drawn.size} outlines`);
const ROOM = 0.15;
const [south, west, north, east] = bounds(all.flatMap(({ rings }) => rings));
const box = districts.find(({ kind }) => kind === "city").bounds;
for (const [side, out] of [
  ["south", south - box.south],
  ["west", west - box.west],
  ["north", box.north - north],
  ["east", box.east - east],
]) {
  if (!(out > 0.01 && out < ROOM)) problems.push(`${side}: ${out.toFixed(3)} degrees of room`);
}
console.log(problems.length === 0 ? `${drawn.size} districts agree` : problems.join("\n"));
process.exit(problems.length === 0 ? 0 : 1);
