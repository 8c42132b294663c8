import { Zh } from "../language/zh";
import { language, say, t } from "../texts";

/** A document's title and number. In English the Chinese ones follow, for that is what an office knows it by. */
export function DocumentName({ title, doc_no }: { title: string; doc_no: string | undefined }) {
  const said = say(title);
  if (language() === "en") {
    const number = doc_no === undefined || say(doc_no) === doc_no ? undefined : say(doc_no);
    return (
      <>
        {number === undefined ? said : t("web.source.doc_no", { title: said, doc_no: number })} (
        <Zh>{doc_no === undefined ? title : `${title} ${doc_no}`}</Zh>)
      </>
    );
  }
  return <>{doc_no === undefined ? t("web.source.plain", { title: said }) : t("web.source.doc_no", { title: said, doc_no })}</>;
}
