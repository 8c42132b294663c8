import type { TextHit } from "../../../wasm/js/types";
import { Marked } from "./marked";
import { Why } from "./why";

/** A benefit, an entry of the plan, or a document. */
export function TextCard({ hit }: { hit: TextHit }) {
  return (
    <article class="card hit" data-id={hit.id} data-match={hit.match}>
      <header>
        <h2>
          <Marked text={hit.name} spans={hit.highlight} />
        </h2>
      </header>
      {hit.text !== undefined && (
        <p>
          <Marked text={hit.text} spans={hit.marks?.text} />
        </p>
      )}
      <Why hit={hit} />
    </article>
  );
}
