declare module "*.css";
declare module "*.css?url" {
  const url: string;
  export default url;
}
declare module "*.wasm?url" {
  const url: string;
  export default url;
}
/** The schematic picture of the districts, as `schematic` in web/districts.mjs describes it. */
declare module "virtual:district-map" {
  const map: {
    width: number;
    height: number;
    west: number;
    north: number;
    perLongitude: number;
    perLatitude: number;
    shapes: { name: string; path: string; at: [number, number] }[];
  };
  export default map;
}
/** The public key of the snapshot, 64 hex: put in by the build. */
declare const SNAPSHOT_KEY: string;
/** How the pages look and sound for this visitor; what is absent is as the device has it. */
interface Settings {
  elder?: boolean | undefined;
  contrast?: boolean | undefined;
  theme?: "dark" | "light" | undefined;
  /** Size of the text in pixels. */
  text?: number | undefined;
  /** A large mouse pointer; undefined: in the elders' version only. */
  pointer?: boolean | undefined;
  /** false: nothing moves. */
  motion?: boolean | undefined;
  /** false: no button to have pages read aloud. */
  speak?: boolean | undefined;
}
interface Window {
  /** Made by settings/early.ts. */
  settings?: { kept: Settings; apply(settings: Settings): void };
}
/** Names of the frames that embed.js makes, by what they show: put in by the build. */
declare const EMBED_TITLES: Record<string, string>;
/** The version in CMakeLists.txt: put in by the build. */
declare const VERSION: string;
