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
/** Names of the frames that embed.js makes, by what they show: put in by the build. */
declare const EMBED_TITLES: Record<string, string>;
