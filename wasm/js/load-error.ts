/** Why a file of ours could not be used: the page has one plain sentence for each reason. */
export type LoadReason = "network" | "damaged" | "unsupported" | "engine";

export class LoadError extends Error {
  constructor(
    readonly reason: LoadReason,
    readonly file: string,
  ) {
    super(`${reason}: ${file}`);
  }
}
