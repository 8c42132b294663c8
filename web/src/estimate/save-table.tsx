// The table as a file; inside WeChat, where nothing can be downloaded, as text to copy.
import { useRef, useState } from "preact/hooks";
import type { Estimation, Policy } from "../../../wasm/js/types";
import { t } from "../texts";
import { downloadGuide } from "../wechat";
import { csvOf } from "./csv";

const FILE = "chuncheng-estimate.csv";
const inWeChat = () => downloadGuide() !== undefined;

export function SaveTable({ policy, answer }: { policy: Policy; answer: Estimation }) {
  const [shown, setShown] = useState(false);
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const save = () => {
    if (inWeChat()) {
      setShown(true);
      return;
    }
    const url = URL.createObjectURL(new Blob([csvOf(policy, answer)], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = FILE;
    link.click();
    // The browser may still be reading it.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  const copy = () => {
    box.current?.select();
    // Old webviews have no other way, and none of them asks for permission here.
    setCopied(document.execCommand("copy"));
  };
  return (
    <>
      <button type="button" class="secondary" onClick={save} aria-expanded={inWeChat() ? shown : undefined}>
        {t("estimate.save")}
      </button>
      {shown && (
        <span class="copy">
          <label for="csv">{t("estimate.save.wechat")}</label>
          <textarea id="csv" ref={box} readOnly rows={6} value={csvOf(policy, answer)} />
          <button type="button" class="secondary" onClick={copy}>
            {t("estimate.copy")}
          </button>
          <span role="status">{copied ? t("estimate.copied") : ""}</span>
        </span>
      )}
    </>
  );
}
