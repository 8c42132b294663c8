import type { Policy, SourceStatus } from "../../../wasm/js/types";
import { say, t } from "../texts";
import { DocumentName } from "./document-name";

/** The clauses behind a statement: what each says in plain words, and where it stands. */
export function Cites({ cites, policy }: { cites: string[] | undefined; policy: Policy }) {
  const found = [...new Set(cites ?? [])].map((cite) => look(cite, policy)).filter((one) => one !== undefined);
  if (found.length === 0) return null;
  return (
    <ul class="cites">
      {found.map((one) => (
        <li key={one.key}>
          {one.say}{" "}
          <cite>
            <DocumentName title={one.source.title} doc_no={one.source.doc_no} />
          </cite>{" "}
          {one.toConfirm && <span class="badge confirm">{t("web.result.to_confirm")}</span>}
        </li>
      ))}
    </ul>
  );
}

function look(cite: string, policy: Policy) {
  const [id = "", name = ""] = cite.split("#");
  const source = policy.sources[id];
  const clause = source?.clauses[name];
  if (source === undefined || clause === undefined) return undefined;
  const status: SourceStatus = (typeof clause === "object" ? clause.status : undefined) ?? source.status;
  return {
    key: cite,
    say: say(typeof clause === "object" ? clause.say : clause),
    source,
    toConfirm: status === "single" || status === "recalled",
  };
}
