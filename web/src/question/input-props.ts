import type { FactValue } from "../../../wasm/js/types";

export interface InputProps<F> {
  fact: F;
  title: string;
  help: string | undefined;
  value: FactValue | undefined;
  /** The words on the button. */
  submit: string;
  save(value: FactValue): void;
}
