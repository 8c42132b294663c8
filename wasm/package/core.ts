// The engine without any host: no network, no files, no page. Data and the module's bytes, or a way to start it, are handed in.
export { LoadError, type LoadReason } from "../js/load-error";
export { type CoreImports, CoreModule, type CoreSource, type Utf8 } from "../js/module";
export * from "../js/types";
export { utf8 } from "./utf8";
