// The document in a few sentences, for those who will not read the tables.
import { show } from "./common.mjs";
import { count, digits, kilo, percent, raw } from "./document-format.mjs";

const rules = (figures) => {
  const compared = figures.ratios.filter(({ ours }) => ours === "wasm batch, verdicts").sort((a, b) => a.median - b.median);
  const [fastest] = compared;
  const slowest = compared.at(-1);
  const own = show(figures.nanosecondsPerHousehold["wasm batch, verdicts"].median);
  const times = ({ median, q1, q3 }) => `${digits(median)} 倍（四分位 ${digits(q1)}–${digits(q3)}）`;
  return `规则：一户人家的 ${figures.benefits} 项全部判断完要 ${own}；同样的条件，最快的别的引擎（${fastest.contender}）用时是它的 ${times(fastest)}，最慢的（${slowest.contender}）是 ${times(slowest)}。`;
};

const total = (tally, key) => Object.values(tally).reduce((all, one) => all + one[key], 0);
const search = ({ node, rows, asked }) => {
  const share = (one) => total(one.tally, "found") / total(one.tally, "asked");
  const [own, ...others] = Object.entries(node).sort(([a, x], [b, y]) => (b === "chuncheng") - (a === "chuncheng") || share(y) - share(x));
  const [best, figures] = others[0];
  const written = ([, { tally }]) => percent(tally.han.found, tally.han.asked);
  const writtenBest = [...others].sort(([, a], [, b]) => b.tally.han.found / b.tally.han.asked - a.tally.han.found / a.tally.han.asked)[0];
  return `查找：${count(rows)} 家机构、${count(asked)} 次查询（多半是拼音、首字母、同音字和错字），前十条里有对的：本项目 ${percent(total(own[1].tally, "found"), total(own[1].tally, "asked"))} %，别的最好的（${best}）${percent(total(figures.tally, "found"), total(figures.tally, "asked"))} %；只看写对的汉字（han），本项目 ${written(own)} %，别的最好的（${writtenBest[0]}）${written(writtenBest)} %。95 % 的查询本项目在 ${digits(own[1].p95)} 毫秒内。`;
};

const scale = ({ places }) => {
  const [rows, most] = Object.entries(places)
    .filter(([name]) => !name.startsWith("district"))
    .at(-1);
  return `${count(rows)} 家机构：95 % 的查询在 ${digits(most.p95)} 毫秒内，打开要 ${count(most.opened)} 毫秒，内存 ${count(most.memory)} MiB。`;
};

const page = ({ results, ratios }) => {
  const [own, other, bare] = Object.entries(results);
  const kilobytes = ([, one]) => `${kilo(one.untilHousehold.brotli)} KB，连同一次查找 ${kilo(one.untilSearch.brotli)} KB`;
  return `下载和启动：用 ${other[0]} 做的光页面，比本项目的页面小得多，也快（看到一家的结果 ${kilobytes(other)}，用时是本项目的 ${digits(ratios[other[0]].household.median)} 倍）；本项目的页面 ${kilobytes(own)}；只有本项目模块的光页面 ${kilobytes(bare)}。光页面没有解释、依据、金额范围、时间线、拼音查找、离线和核对签名。`;
};

const start = ({ starts }) =>
  `第一个问题：${starts.map(({ start: name, median_ms }) => `${name} ${count(median_ms)} 毫秒`).join("，")}（慢速 4G，处理器慢 4 倍）。`;

export function glance() {
  const lines = Object.entries({ rules, search, "search-scale": scale, page, "cold-start": start }).flatMap(([name, tell]) => {
    const figures = raw(name);
    if (figures === null) return [];
    try {
      return [`- ${tell(figures)}`];
    } catch (error) {
      console.error(error);
      return [];
    }
  });
  return `${lines.join("\n")}\n`;
}
