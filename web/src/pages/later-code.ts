// Pages that nobody opens first: fetched in one piece while the visitor answers the first questions.

export { openAdvice } from "../advice";
export { SettingsPage } from "../settings/settings-page";
export { Received } from "../share/received";
export { ReadButton } from "../speak/read-button";
export { About } from "./about";
export { ResultPage } from "./result";
export { ScalePage } from "./scale";
