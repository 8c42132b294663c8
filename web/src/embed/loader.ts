// embed.js: <chuncheng-check>, <chuncheng-facilities> and <chuncheng-ltci> for other people's pages. Each is a frame of this site, as high as what is
// in it. Nothing of the page around gets in, and nothing of the frame gets out but the events below.
import type { FromFrame, ToFrame } from "./protocol";

const VERSION = 1;
const PARTS: Record<string, string> = { check: "#/check", facilities: "#/find", ltci: "#/scale/ltc_37" };
// Attribute → parameter of the page, and what it may look like. The page checks again.
const OPTIONS: [string, string, RegExp][] = [
  ["lang", "lang", /^[a-z]{2}(-[a-z]{2,4})?$/i],
  ["elder", "elder", /^/],
  ["district", "district", /^[a-z]+$/],
  ["accent", "accent", /^#?[0-9a-f]{3}([0-9a-f]{3})?$/i],
  ["paper", "paper", /^#?[0-9a-f]{3}([0-9a-f]{3})?$/i],
  ["ink", "ink", /^#?[0-9a-f]{3}([0-9a-f]{3})?$/i],
  ["as-of", "as_of", /^\d{4}-\d\d-\d\d$/],
];
const LEAST = 200;
const MOST = 100_000;
const SILENT_MS = 30_000;

const site = import.meta.url.replace(/[^/]*$/, "");
const { origin } = new URL(site);

function define(name: string) {
  class Embedded extends HTMLElement {
    static readonly observedAttributes = OPTIONS.map(([attribute]) => attribute);
    private readonly root = this.attachShadow({ mode: "open" });
    private frame: HTMLIFrameElement | undefined;
    private timer: ReturnType<typeof setTimeout> | undefined;

    connectedCallback() {
      if (this.style.display === "") this.style.display = "block";
      addEventListener("message", this.hear);
      this.show();
    }

    disconnectedCallback() {
      removeEventListener("message", this.hear);
      clearTimeout(this.timer);
      this.frame = undefined;
      this.root.textContent = "";
    }

    attributeChangedCallback(_: string, before: string | null, after: string | null) {
      if (this.frame !== undefined && before !== after) this.show();
    }

    /** A new frame each time: another address in the old one would be one more step of the back button. */
    private show() {
      const asked = new URLSearchParams({ embed: name });
      for (const [attribute, parameter, form] of OPTIONS) {
        const value = this.getAttribute(attribute);
        if (value !== null && form.test(value)) asked.set(parameter, attribute === "elder" ? "1" : value);
      }
      const frame = document.createElement("iframe");
      frame.src = `${site}index.html?${asked}${PARTS[name]}`;
      frame.title = this.title || EMBED_TITLES[name] || "";
      frame.allow = "geolocation";
      // It may not lead the page around anywhere.
      frame.setAttribute(
        "sandbox",
        "allow-scripts allow-same-origin allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox",
      );
      frame.style.cssText = `display:block;width:100%;height:${LEAST * 3}px;border:0`;
      this.root.textContent = "";
      this.root.append(frame);
      this.frame = frame;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.fail("network"), SILENT_MS);
    }

    /** What the page around has put between the tags is shown in place of a frame that does not come. */
    private fail(reason: string) {
      this.root.textContent = "";
      const link = document.createElement("a");
      link.href = `${site}index.html${PARTS[name]}`;
      link.textContent = EMBED_TITLES[name] ?? "";
      const slot = document.createElement("slot");
      slot.append(link);
      this.root.append(slot);
      this.tell("error", { reason });
    }

    private tell(type: string, detail: object) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }

    private readonly hear = ({ origin: from, source, data }: MessageEvent<FromFrame | undefined>) => {
      const { frame } = this;
      if (frame?.contentWindow == null || source !== frame.contentWindow || from !== origin) return;
      if (data?.chuncheng !== VERSION) return;
      const { chuncheng: _, type, ...detail } = data;
      if (data.type === "resize") {
        if (!Number.isFinite(data.height)) return;
        clearTimeout(this.timer);
        const height = Math.min(MOST, Math.max(LEAST, Math.ceil(data.height)));
        frame.style.height = `${height}px`;
        if (data.top && this.getBoundingClientRect().top < 0) this.scrollIntoView();
        this.tell("resize", { height });
        // Each time: the frame may have been loaded anew. It answers the first one only.
        frame.contentWindow.postMessage({ chuncheng: VERSION, type: "hello" } satisfies ToFrame, origin);
      } else if (["ready", "step", "result", "error"].includes(type)) this.tell(type, detail);
    };
  }
  const tag = `chuncheng-${name}`;
  if (customElements.get(tag) === undefined) customElements.define(tag, Embedded);
}

Object.keys(PARTS).forEach(define);
