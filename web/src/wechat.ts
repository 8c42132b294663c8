// WeChat's own browser: it downloads nothing on a phone, so a link to a file says how to get it instead. The text size that a reader has chosen there
// is applied by WeChat itself; the page leaves it alone.
import { t } from "./texts";

export type WeChat = "phone" | "desktop" | "mini-program";

export function weChatOf(userAgent: string): WeChat | undefined {
  if (!/MicroMessenger\//i.test(userAgent)) return undefined;
  if (/miniProgram/i.test(userAgent)) return "mini-program";
  return /(Windows|Mac)Wechat/i.test(userAgent) ? "desktop" : "phone";
}

const where = weChatOf(navigator.userAgent);
/** How to get a file here; undefined where links to files work. */
export const downloadGuide = () =>
  where === undefined || where === "desktop" ? undefined : t(where === "phone" ? "data.wechat" : "data.wechat.mini");

/** Links to files say how to get the file. For the whole visit. */
export function guideDownloads() {
  if (where === undefined || where === "desktop") return;
  document.addEventListener(
    "click",
    (event) => {
      if ((event.target as Element).closest("a[download]") === null) return;
      event.preventDefault();
      show();
    },
    true,
  );
}

function show() {
  document.querySelector(".wechat-guide")?.remove();
  const box = document.createElement("div");
  box.className = "wechat-guide";
  box.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = downloadGuide() ?? "";
  const address = document.createElement("p");
  address.className = "address";
  address.textContent = location.href;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "secondary";
  close.textContent = t("data.wechat.close");
  close.onclick = () => box.remove();
  box.append(text, address, close);
  document.body.append(box);
}
