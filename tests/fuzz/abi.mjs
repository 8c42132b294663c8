// Anything through every export of the modules: node abi.mjs <folder of the modules> <snapshot folder> [rounds] [seed]
// A call answers 0 or 1 with JSON, whatever the bytes; a refused load leaves what was loaded; a trap is a failure.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { give as giveBytes, start } from "../parity/host.mjs";

const [, , modules, snapshot, roundsArgument = "400", seedArgument = "20261126"] = process.argv;
if (snapshot === undefined) {
  console.error("usage: node abi.mjs <folder of the modules> <snapshot folder> [rounds] [seed]");
  process.exit(2);
}
const rounds = Number(roundsArgument);

// mulberry32: small, and the same everywhere, so that a seed names a run.
let state = Number(seedArgument) >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const below = (end) => Math.floor(random() * end);
const pick = (list) => list[below(list.length)];

const dataFile = (key) => {
  const manifest = JSON.parse(readFileSync(join(snapshot, "manifest.json"), "utf8"));
  return readFileSync(join(snapshot, manifest.files[key].name));
};
const policy = dataFile("policy");
const supplement = dataFile("supplement");
const facilities = dataFile("facilities");
const profiles = readdirSync(new URL("../fixtures/profiles/", import.meta.url))
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(new URL(`../fixtures/profiles/${name}`, import.meta.url), "utf8")));

const advised = ["eval", "timeline", "steps", "combine", "explain", "diff", "stale", "score", "coverage", "layout", "next"];
const MODULES = {
  eligibility: { data: [policy], requests: profiles.map((eval_) => ({ eval: eval_ })) },
  advice: {
    data: [policy, supplement],
    requests: [
      ...profiles.flatMap((profile) => [
        { next: { profile } },
        { steps: profile },
        { combine: profile },
        { timeline: { profile, years: 1 } },
      ]),
      { coverage: {} },
      { layout: true },
      { score: { scale: "ltc_37", answers: {} } },
      ...advised.map((name) => ({ [name]: {} })),
    ],
  },
  search: {
    data: [facilities],
    requests: [
      { q: "官渡区 养老院" },
      { suggest: "敬老" },
      { q: "gdyly", near: { lat: 25.04, lon: 102.71 } },
      { compare: ["x"] },
      { links: "x" },
      {},
    ],
  },
};

function give(core, call, bytes) {
  const [code, text] = giveBytes(core, call, bytes);
  return [code, text ? JSON.parse(text) : undefined];
}

/** Damages bytes: some changed, a part left out, a part twice, cut short, or all made up. */
function damage(bytes) {
  const kind = below(6);
  if (kind === 0) return Buffer.from(Array.from({ length: below(300) }, () => below(256)));
  const copy = Buffer.from(bytes);
  const at = below(copy.length);
  const to = Math.min(copy.length, at + 1 + below(64));
  if (kind === 1) return copy.subarray(0, at);
  if (kind === 2) return Buffer.concat([copy.subarray(0, at), copy.subarray(to)]);
  if (kind === 3) return Buffer.concat([copy.subarray(0, to), copy.subarray(at)]);
  for (let n = 1 + below(8); n > 0; n--)
    copy[below(copy.length)] = kind === 4 ? below(256) : pick([0, 0x22, 0x2d, 0x30, 0x39, 0x5b, 0x7b, 0x7d, 0xff]);
  return copy;
}

/** Values that are elsewhere in a request put where they do not belong. */
function shuffle(value) {
  if (Array.isArray(value)) return random() < 0.1 ? odd() : value.map(shuffle);
  if (typeof value !== "object" || value === null) return random() < 0.06 ? odd() : value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [random() < 0.02 ? `${key}x` : key, random() < 0.03 ? odd() : shuffle(one)]),
  );
}
const odd = () =>
  pick([
    null,
    true,
    -1,
    0,
    1e308,
    2 ** 53,
    -(2 ** 63),
    0.5,
    "",
    "2026-02-30",
    "9999-12-31",
    "\u0000",
    "💩",
    [],
    {},
    [[[[]]]],
    "x".repeat(3000),
  ]);

function tryBatch(core) {
  if (core.cc_batch === undefined) return;
  const size = core.memory.buffer.byteLength;
  const places = () => pick([0, 8, size - 8, size, 0xfffffff8, below(size)]) | 0;
  const counts = () => pick([0, 1, 7, 66, 1000, 0x7fffffff, -1, below(200)]);
  // Where the answer would be written over something else, only sizes that do not fit are tried.
  const code = core.cc_batch(
    pick([0, 20780, -1, 0x7fffffff]),
    places(),
    places(),
    counts(),
    pick([0, 0x7fffffff, -1]),
    places(),
    places(),
    counts(),
  );
  if (code !== 0 && code !== 1) throw new Error(`cc_batch gave ${code}`);
}

let passed = 0;
let failed = 0;
for (const [name, { data, requests }] of Object.entries(MODULES)) {
  try {
    // Before anything is loaded every call is answered too.
    const core = start(join(modules, `${name}.wasm`));
    for (const request of requests.slice(0, 20)) {
      const [code, said] = give(core, core.cc_call, Buffer.from(JSON.stringify(request)));
      if (code !== 1 || typeof said?.error?.code !== "string")
        throw new Error(`a call before loading gave ${code} ${JSON.stringify(said)}`);
    }
    for (const bytes of data) if (give(core, core.cc_load, bytes)[0] !== 0) throw new Error("the published data is refused");
    const control = Buffer.from(JSON.stringify(requests[0]));
    const good = JSON.stringify(give(core, core.cc_call, control)[1]);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const request = pick(requests);
      const bytes = Buffer.from(JSON.stringify(random() < 0.5 ? shuffle(request) : request));
      const [code, said] = give(core, core.cc_call, random() < 0.6 ? damage(bytes) : bytes);
      if ((code !== 0 && code !== 1) || typeof said !== "object" || said === null)
        throw new Error(`a call gave ${code} ${JSON.stringify(said)}`);
      if ((code === 1) !== "error" in said) throw new Error(`code ${code} with ${JSON.stringify(said).slice(0, 200)}`);
      refused += code;
      tryBatch(core);
      if (round % 10 === 0) {
        const [bad] = give(core, core.cc_load, damage(pick(data)));
        // A change of no consequence may be taken; then the good data goes in again.
        if (bad === 0) for (const bytes of data) give(core, core.cc_load, bytes);
        if (JSON.stringify(give(core, core.cc_call, control)[1]) !== good) throw new Error("a refused load changed what was loaded");
        core.cc_free(core.cc_alloc(pick([0, 1, 7, 65536])));
      }
    }
    passed++;
    console.log(`ok ${name}: ${rounds} rounds from seed ${seedArgument}, ${refused} refused`);
  } catch (error) {
    failed++;
    console.log(`not ok ${name} from seed ${seedArgument}: ${error.stack}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
