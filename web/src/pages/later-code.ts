// Pages that nobody opens first: fetched in one piece while the visitor answers the first questions.
export { openAdvice } from "../advice";
export { Received } from "../share/received";
export { About } from "./about";
export { ResultPage } from "./result";
