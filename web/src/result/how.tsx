import type { Benefit, Policy } from "../../../wasm/js/types";
import { t } from "../texts";
import { Cites } from "./cite";

/** What to bring and where to go; what is not known is said. */
export function How({ benefit, policy }: { benefit: Benefit; policy: Policy }) {
  const { documents = [], apply } = benefit;
  return (
    <details>
      <summary>{t("web.result.how")}</summary>
      {apply === undefined ? (
        <p>{t("web.result.apply.unknown")}</p>
      ) : (
        <dl>
          {apply.office !== undefined && (
            <>
              <dt>{t("web.result.office")}</dt>
              <dd>{apply.office.zh}</dd>
            </>
          )}
          {apply.channel !== undefined && (
            <>
              <dt>{t("web.result.channel")}</dt>
              <dd>{apply.channel.zh}</dd>
            </>
          )}
          {apply.takes !== undefined && (
            <>
              <dt>{t("web.result.takes")}</dt>
              <dd>{apply.takes.zh}</dd>
            </>
          )}
          {apply.phone !== undefined && (
            <>
              <dt>{t("web.result.phone")}</dt>
              <dd>
                <a href={`tel:${apply.phone.replace(/[^\d+]/g, "")}`}>{apply.phone}</a>
              </dd>
            </>
          )}
        </dl>
      )}
      <Cites cites={apply?.cite} policy={policy} />
      <h4>{t("web.result.documents")}</h4>
      {documents.length === 0 ? (
        <p>{t("web.result.documents.unknown")}</p>
      ) : (
        <ul>
          {documents.map((one) => (
            <li key={one.zh}>{one.zh}</li>
          ))}
        </ul>
      )}
    </details>
  );
}
