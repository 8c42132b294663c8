import type { Benefit, Policy } from "../../../wasm/js/types";
import { say, t } from "../texts";
import { Cites } from "./cite";
import { Fold } from "./fold";

/** What to bring and where to go; what is not known is said. */
export function How({ benefit, policy }: { benefit: Benefit; policy: Policy }) {
  const { documents = [], apply } = benefit;
  return (
    <Fold summary={t("web.result.how")}>
      {() => (
        <>
          {apply === undefined ? (
            <p>{t("web.result.apply.unknown")}</p>
          ) : (
            <dl>
              {apply.office !== undefined && (
                <>
                  <dt>{t("web.result.office")}</dt>
                  <dd>{say(apply.office)}</dd>
                </>
              )}
              {apply.channel !== undefined && (
                <>
                  <dt>{t("web.result.channel")}</dt>
                  <dd>{say(apply.channel)}</dd>
                </>
              )}
              {apply.takes !== undefined && (
                <>
                  <dt>{t("web.result.takes")}</dt>
                  <dd>{say(apply.takes)}</dd>
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
                <li key={one.zh}>{say(one)}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </Fold>
  );
}
