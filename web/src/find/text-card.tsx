import type { TextHit } from "../../../wasm/js/types";
import { path } from "../route";
import { t } from "../texts";
import { Marked } from "./marked";
import { Why } from "./why";

// Where it stands on a page of its own; documents are listed on the about page as a whole.
function linkOf({ kind, id, benefit }: TextHit): string | undefined {
  if (kind === "benefit") return path.benefit(id);
  if (kind === "source") return undefined;
  return benefit === undefined ? path.planPart(id) : path.benefit(benefit);
}

/** A benefit, an entry of the plan, or a document. */
export function TextCard({ hit }: { hit: TextHit }) {
  const link = linkOf(hit);
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
      {link !== undefined && <a href={link}>{t("find.open")}</a>}
    </article>
  );
}
