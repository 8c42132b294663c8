// UTF-8 in plain JavaScript, for hosts without TextEncoder (mini programs).
import type { Utf8 } from "../js/module";

const REPLACEMENT = 0xfffd;

export const utf8: Utf8 = {
  encode(text) {
    const out: number[] = [];
    for (const sign of text) {
      let code = sign.codePointAt(0) ?? 0;
      if (code >= 0xd800 && code <= 0xdfff) code = REPLACEMENT;
      if (code < 0x80) out.push(code);
      else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
    return Uint8Array.from(out);
  },

  /** Of well-formed bytes only: the engine gives no others. */
  decode(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at++] ?? 0;
      const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      let code = more === 0 ? first : first & (63 >> more);
      for (let n = 0; n < more; n++) code = (code << 6) | ((bytes[at++] ?? 0) & 63);
      text += String.fromCodePoint(code);
    }
    return text;
  },
};
