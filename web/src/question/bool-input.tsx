import type { BoolFact } from "../../../wasm/js/types";
import { t } from "../texts";
import { Heading, Help } from "./heading";
import type { InputProps } from "./input-props";

/** Two big buttons: one tap answers. */
export function BoolInput({ title, help, value, save }: InputProps<BoolFact>) {
  return (
    <div>
      <Heading title={title} />
      <Help text={help} />
      <div class="pair">
        {[true, false].map((one) => (
          <button
            type="button"
            key={String(one)}
            class="answer"
            aria-pressed={value === one}
            onClick={() => save(one)}
            data-value={String(one)}
          >
            {t(one ? "web.yes" : "web.no")}
          </button>
        ))}
      </div>
    </div>
  );
}
