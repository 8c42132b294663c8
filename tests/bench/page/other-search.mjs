// Fetched with the first search. Two characters at a time, the better of MiniSearch's two ways for Chinese (docs/benchmarks.md).
import MiniSearch from "minisearch";
import { bigrams, miniSearchOptions } from "../minisearch-chinese.mjs";

const loading = fetch("./facilities.json").then((answer) => answer.json());
let index;

export async function search(text) {
  const { fields, rows } = await loading;
  if (index === undefined) {
    index = new MiniSearch({ fields, storeFields: ["name", "address", "district"], tokenize: bigrams });
    index.addAll(rows);
  }
  return index.search(text, miniSearchOptions).slice(0, 20);
}
