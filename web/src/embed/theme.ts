// The colours a page around asks for: six hex digits, and only such as leave everything readable.

type Rgb = [number, number, number];
export const NAMES = ["accent", "paper", "ink"] as const;
type Name = (typeof NAMES)[number];

const READABLE = 4.5;
const WHITE: Rgb = [255, 255, 255];
const DEFAULTS: Record<Name, Rgb> = { accent: [20, 83, 45], paper: [246, 247, 243], ink: [28, 36, 32] };
// What stands on the paper in colours that mean something and so stay: style.css.
const SIGNALS: Rgb[] = [
  [155, 28, 28],
  [107, 71, 0],
  [77, 88, 81],
];

export function readColour(text: string): Rgb | undefined {
  const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const hex = short === null ? /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text) : short.map((digit) => digit + digit);
  return hex === null ? undefined : ([hex[1], hex[2], hex[3]].map((part) => Number.parseInt(part ?? "", 16)) as Rgb);
}

const light = (part: number) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]: Rgb) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);

/** As WCAG 2 defines it, 1–21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const mix = (a: Rgb, b: Rgb, share: number) => a.map((part, n) => Math.round(part * share + (b[n] ?? 0) * (1 - share))) as Rgb;
const css = (colour: Rgb) => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

export interface Theme {
  /** Custom properties of style.css. */
  properties: Record<string, string>;
  /** What was asked for and is not done. */
  refused: Name[];
}

/** Each colour on its own: one that cannot be read, or is not one, is passed over. */
export function themeOf(asked: URLSearchParams): Theme {
  const colours = { ...DEFAULTS };
  const refused: Name[] = [];
  const readable = (text: Rgb, ...grounds: Rgb[]) => grounds.every((ground) => contrast(text, ground) >= READABLE);
  const fits: Record<Name, () => boolean> = {
    paper: () => SIGNALS.every((signal) => readable(signal, colours.paper)) && readable(colours.accent, colours.paper),
    ink: () => readable(colours.ink, colours.paper, WHITE, tint()),
    accent: () => readable(colours.accent, colours.paper, WHITE, tint()) && readable(colours.ink, tint()),
  };
  const tint = () => mix(colours.accent, WHITE, 0.1);
  for (const name of ["paper", "ink", "accent"] as const) {
    const text = asked.get(name);
    if (text === null) continue;
    const colour = readColour(text);
    const before = colours[name];
    if (colour !== undefined) colours[name] = colour;
    if (colour !== undefined && fits[name]()) continue;
    colours[name] = before;
    refused.push(name);
  }
  const { accent, paper, ink } = colours;
  const properties: Record<string, string> = {};
  if (accent !== DEFAULTS.accent)
    Object.assign(properties, {
      "--green": css(accent),
      "--bar": css(accent),
      "--hover": css(mix(accent, [0, 0, 0], 0.7)),
      "--green-soft": css(tint()),
    });
  if (paper !== DEFAULTS.paper) properties["--paper"] = css(paper);
  if (ink !== DEFAULTS.ink) Object.assign(properties, { "--ink": css(ink), "--soft": css(ink) });
  return { properties, refused };
}
