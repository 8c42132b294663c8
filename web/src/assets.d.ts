declare module "*.css";
declare module "*.wasm?url" {
  const url: string;
  export default url;
}
/** The public key of the snapshot, 64 hex: put in by the build. */
declare const SNAPSHOT_KEY: string;
