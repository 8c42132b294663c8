// Pages that nobody opens first: fetched in one piece while the visitor answers the first questions.
export { About } from "./about";
export { ResultPage } from "./result";
export { ScalePage } from "./scale";
