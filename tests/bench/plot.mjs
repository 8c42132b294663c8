// Line charts with two logarithmic axes as SVG, panels side by side with one legend below, and rows of medians with their quartiles. Colour, dash and
// marker tell the lines apart; the picture has its own ground, light or dark as the reader's system is.

const LEFT = 78;
const RIGHT = 18;
const TOP = 44;
const WIDE = 300;
const HIGH = 250;
const BELOW = 58;
const PANEL = LEFT + WIDE + RIGHT;
const ENTRY = 285;
const LIGHT = ["#00508a", "#a13800", "#1b5e20", "#6a1b9a", "#7a5c00", "#00695c", "#b0003a", "#37474f", "#5d4037"];
const DARK = ["#7cc4ff", "#ffab7a", "#8fdc95", "#d9a6ff", "#e8cf6b", "#6fe0cf", "#ff9bb8", "#b8c7d0", "#e0bfae"];
const DASHES = ["", "7 4", "2 3", "9 3 2 3", "", "7 4", "2 3", "9 3 2 3", ""];
const MARKERS = [
  (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z`,
  (x, y) => `M${x - 3.5} ${y - 3.5}h7v7h-7z`,
  (x, y) => `M${x} ${y - 4.5}l4.5 8h-9z`,
  (x, y) => `M${x} ${y - 5}l5 5l-5 5l-5-5z`,
  (x, y) => `M${x} ${y + 4.5}l4.5-8h-9z`,
];

const inXml = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const at = (number) => Number(number.toFixed(1));
const tick = (power) =>
  power < 0 ? (10 ** power).toFixed(-power) : power < 6 ? (10 ** power).toLocaleString("en-US") : `${10 ** (power - 6)} M`;
const style = (colours) =>
  `.g{fill:${colours === LIGHT ? "#fff" : "#16191d"}}text{fill:${colours === LIGHT ? "#222" : "#e6e6e6"}}.r{stroke:${colours === LIGHT ? "#ccc" : "#444a52"}}` +
  colours.map((colour, n) => `.l${n}{stroke:${colour}}.m${n}{fill:${colour}}`).join("");

function panel(left, { title, x, y, series }, number) {
  const powers = (values) => [Math.floor(Math.log10(Math.min(...values)) + 1e-9), Math.ceil(Math.log10(Math.max(...values)) - 1e-9)];
  const all = series.flatMap(({ points }) => points);
  const [low, high] = powers(all.map((point) => point[1]));
  const top = Math.max(high, low + 1);
  const [begin, finish] = powers(all.map((point) => point[0]));
  const end = Math.max(finish, begin + 1);
  const across = (value) => at(LEFT + (WIDE * (Math.log10(value) - begin)) / (end - begin));
  const up = (value) => at(TOP + HIGH * (1 - (Math.log10(value) - low) / (top - low)));
  const parts = [`<text x="${LEFT}" y="26" font-weight="bold">${inXml(title)}</text>`];
  for (let power = low; power <= top; ++power) {
    parts.push(`<path class="r" d="M${LEFT} ${up(10 ** power)}h${WIDE}"/>`);
    parts.push(`<text x="${LEFT - 6}" y="${up(10 ** power) + 5}" text-anchor="end">${tick(power)}</text>`);
  }
  for (let power = begin; power <= end; ++power) {
    parts.push(`<path class="r" d="M${across(10 ** power)} ${TOP}v${HIGH}"/>`);
    const anchor = power === end ? "end" : "middle";
    parts.push(
      `<text x="${across(10 ** power) + (power === end ? 8 : 0)}" y="${TOP + HIGH + 19}" text-anchor="${anchor}">${tick(power)}</text>`,
    );
  }
  parts.push(`<text x="${LEFT + WIDE / 2}" y="${TOP + HIGH + 42}" text-anchor="middle">${inXml(x)}</text>`);
  const middle = TOP + HIGH / 2;
  parts.push(`<text x="14" y="${middle}" text-anchor="middle" transform="rotate(-90 14 ${middle})">${inXml(y)}</text>`);
  for (const { name, points } of series) {
    const n = number(name);
    const line = points.map(([a, b]) => `${across(a)} ${up(b)}`).join("L");
    parts.push(`<path class="l${n}" d="M${line}" fill="none" stroke-width="${n === 0 ? 3.5 : 1.8}" stroke-dasharray="${DASHES[n]}"/>`);
    parts.push(`<path class="m${n}" d="${points.map(([a, b]) => MARKERS[n % MARKERS.length](across(a), up(b))).join("")}"/>`);
  }
  return `<g transform="translate(${left} 0)">${parts.join("\n")}</g>`;
}

/** Panels are {title, x, y, series: [{name, points: [[x, y], …]}]}; a name has the same look in all of them, the first the boldest. */
export function chart(title, panels) {
  const names = [...new Set(panels.flatMap(({ series }) => series.map(({ name }) => name)))];
  if (names.length > LIGHT.length) throw new Error(`${names.length} lines, ${LIGHT.length} looks`);
  const number = (name) => names.indexOf(name);
  const width = PANEL * panels.length;
  const columns = Math.max(1, Math.floor(width / ENTRY));
  const legendTop = TOP + HIGH + BELOW;
  const height = legendTop + 22 * Math.ceil(names.length / columns) + 8;
  const legend = names.map((name, n) => {
    const x = 16 + (n % columns) * ENTRY;
    const y = legendTop + 22 * Math.floor(n / columns) + 8;
    return (
      `<path class="l${n}" d="M${x} ${y}h36" fill="none" stroke-width="${n === 0 ? 3.5 : 1.8}" stroke-dasharray="${DASHES[n]}"/>` +
      `<path class="m${n}" d="${MARKERS[n % MARKERS.length](x + 18, y)}"/><text x="${x + 44}" y="${y + 5}">${inXml(name)}</text>`
    );
  });
  return svg(title, width, height, [...panels.map((one, n) => panel(PANEL * n, one, number)), ...legend]);
}

const svg = (
  title,
  width,
  height,
  parts,
) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" font-family="sans-serif" font-size="14">
<title>${inXml(title)}</title>
<style>${style(LIGHT)}@media (prefers-color-scheme:dark){${style(DARK)}}</style>
<rect class="g" width="${width}" height="${height}" rx="6"/>
${parts.join("\n")}
</svg>
`;

/** A row each: {name, median, q1, q3}, on a logarithmic axis called `label`; `said` writes a median. */
export function ranks(title, label, all, said) {
  const left = 270;
  const wide = 440;
  const row = 26;
  const low = Math.floor(Math.log10(Math.min(1, ...all.map(({ q1 }) => q1))));
  const high = Math.ceil(Math.log10(Math.max(...all.map(({ q3 }) => q3))));
  const across = (value) => at(left + (wide * (Math.log10(value) - low)) / (high - low));
  const bottom = 16 + row * all.length;
  const parts = [];
  for (let power = low; power <= high; ++power) {
    parts.push(`<path class="r" d="M${across(10 ** power)} 16V${bottom}"/>`);
    parts.push(`<text x="${across(10 ** power)}" y="${bottom + 19}" text-anchor="middle">${tick(power)}</text>`);
  }
  parts.push(`<text x="${left + wide / 2}" y="${bottom + 42}" text-anchor="middle">${inXml(label)}</text>`);
  all.forEach(({ name, median, q1, q3 }, n) => {
    const y = 16 + row * (n + 0.5);
    parts.push(`<text x="${left - 14}" y="${y + 5}" text-anchor="end">${inXml(name)}</text>`);
    parts.push(`<path class="l0" d="M${across(q1)} ${y}H${across(q3)}" stroke-width="7" stroke-opacity=".45"/>`);
    parts.push(`<path class="m0" d="${MARKERS[0](across(median), y)}"/>`);
    parts.push(`<text x="${Math.max(across(median), across(q3)) + 12}" y="${y + 5}">${said(median)}</text>`);
  });
  return svg(title, left + wide + 90, bottom + 56, parts);
}
