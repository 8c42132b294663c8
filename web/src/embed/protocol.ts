// What the embedded page and the page around it say to each other (docs/interfaces.md, section 11). Both sides check where a message is from.

/** In every message; another number is another protocol, and is not listened to. */
export const VERSION = 1;

/** The page around asks for more than heights. Whether it gets more depends on its origin. */
export type ToFrame = { chuncheng: typeof VERSION; type: "hello" };

export interface Step {
  page: string;
  /** Of the questions: how many are answered, and about how many are left. */
  asked?: number;
  left?: number;
}
/** Verdicts counted; never an answer, and never which benefit. */
export interface Counts {
  yes: number;
  open: number;
  no: number;
}

/** `top`: another page is shown, so its beginning should be seen. Only "resize" goes to everybody. */
export type FromFrame = { chuncheng: typeof VERSION } & (
  | { type: "resize"; height: number; top: boolean }
  | { type: "ready"; data_date: string; refused: string[] }
  | ({ type: "step" } & Step)
  | ({ type: "result" } & Counts)
  | { type: "error"; reason: string }
);
