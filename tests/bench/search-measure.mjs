// One engine over one set of queries, under node and in a browser.

export const RUNS = 3; // the median counts

const share = (list, at) => list[Math.min(list.length - 1, Math.floor(at * list.length))];
const median = (list) =>
  share(
    [...list].sort((a, b) => a - b),
    0.5,
  );

/** Queries of `asked`, at most `each` a kind. */
export function sample({ queries }, each = Number.POSITIVE_INFINITY) {
  const taken = {};
  return queries.filter(({ kind }) => {
    taken[kind] = (taken[kind] ?? 0) + 1;
    return taken[kind] <= each;
  });
}

/**
 * Milliseconds and MiB. `held()` tells the bytes of JavaScript's heap after a collection; a module's own memory is added. Opened the second time: code is
 * compiled and files are in the machine's cache. A query is found when one of the answers is right by the rules of tests/search/queries.h.
 */
export async function measure({ open, each, runs = RUNS }, data, asked, held) {
  const queries = sample(asked, each);
  const before = held();
  await open(data).then(({ ask }) => ask(queries[0].text));
  held();
  const begin = performance.now();
  const { ask, wasm } = await open(data);
  ask(queries[0].text);
  const opened = performance.now() - begin;
  const memory = (held() - before + (wasm?.buffer.byteLength ?? 0)) / 2 ** 20;
  const tally = Object.fromEntries(asked.kinds.map(({ kind }) => [kind, { asked: 0, found: 0, first: 0 }]));
  const number = new Map(data.ids.map((id, at) => [id, at]));
  const times = [];
  for (const { kind, text, right } of queries) {
    const mine = [];
    let ids = [];
    for (let run = 0; run < runs; ++run) {
      const start = performance.now();
      ids = ask(text);
      mine.push(performance.now() - start);
    }
    times.push(median(mine));
    const good = ids.map((id) => ((Number.parseInt(right[number.get(id) >> 2], 16) >> (number.get(id) & 3)) & 1) === 1);
    tally[kind].asked += 1;
    tally[kind].found += good.includes(true);
    tally[kind].first += good[0] === true;
  }
  times.sort((a, b) => a - b);
  return { queries: queries.length, tally, opened, memory, p50: share(times, 0.5), p95: share(times, 0.95), most: times.at(-1) };
}
