// Every verdict; next question, ten years ahead, what would change it, and the best lawful combination: one household of the full pack in wasm, each call as the
// page makes it (JSON in, JSON out).   node tests/bench/advice.mjs PROFILES   (a file with one profile a line)
import { readFileSync } from "node:fs";
import { cpu, keep, openModule, show, spread, table } from "./common.mjs";

const RUNS = 5;
const GOAL = 5e6;
const CALLS = {
  eval: (profile) => ({ eval: profile }),
  next: (profile) => ({ next: { profile } }),
  timeline: (profile) => ({ timeline: { profile, years: 10 } }),
  steps: (profile) => ({ steps: profile }),
  combine: (profile) => ({ combine: profile }),
};

const profiles = readFileSync(process.argv[2], "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const core = await openModule();
for (const [name, request] of Object.entries(CALLS)) {
  const answer = core.call(request(profiles[0]));
  if (answer.error) {
    console.error(`NOT MEASURED: this module does not answer {"${name}":…}: ${JSON.stringify(answer.error)}`);
    process.exit(1);
  }
}

// The median of a few runs of each household; the first, cold one is left out.
const times = Object.fromEntries([...Object.keys(CALLS), "together"].map((name) => [name, []]));
let bytes = 0;
for (const profile of profiles) {
  let together = 0;
  for (const [name, request] of Object.entries(CALLS)) {
    const runs = [];
    for (let run = 0; run <= RUNS; ++run) {
      const begin = cpu();
      const answer = core.call(request(profile));
      runs.push((cpu() - begin) * 1e6);
      if (answer.error) throw new Error(JSON.stringify(answer.error));
      bytes += Object.keys(answer).length;
    }
    const { median } = spread(runs.slice(1));
    times[name].push(median);
    if (name !== "eval") together += median; // the goal is set for the others
  }
  times.together.push(together);
}
const people = profiles.map((profile) => profile.subjects.length).sort((a, b) => a - b);
console.log(
  `  ${profiles.length} households of ${people[0]} to ${people.at(-1)} people (median ${people[people.length >> 1]}, the household and the institution counted)`,
);
const figures = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, spread(list)]));
table([
  ["one household, wasm", "median", "least", "p90", "most"],
  ...Object.entries(figures).map(([name, { median, least, p90, most }]) => [name, show(median), show(least), show(p90), show(most)]),
]);
console.log(`  all but eval together: median ${show(figures.together.median)}   (goal ≤ ${show(GOAL)})`);
keep("advice", { profiles: profiles.length, nanoseconds: figures, bytes });
