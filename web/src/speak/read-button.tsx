import { useEffect, useState } from "preact/hooks";
import { t } from "../texts";
import { passages } from "./passages";
import { localVoice } from "./voice";

/** Reads the page aloud from its heading on, and stops when pressed again or when the page is left. */
export function ReadButton() {
  const [, found] = useState(0);
  // Asked anew each time: the page's language may have changed.
  const voice = localVoice();
  const [reading, setReading] = useState(false);
  useEffect(() => {
    const look = () => found((times) => times + 1);
    speechSynthesis.addEventListener?.("voiceschanged", look);
    return () => speechSynthesis.removeEventListener?.("voiceschanged", look);
  }, []);
  useEffect(() => {
    if (!reading) return;
    const stop = () => setReading(false);
    addEventListener("hashchange", stop);
    addEventListener("pagehide", stop);
    return () => {
      removeEventListener("hashchange", stop);
      removeEventListener("pagehide", stop);
      speechSynthesis.cancel();
    };
  }, [reading]);
  if (voice === undefined) return null;
  const read = () => {
    const main = document.querySelector("main");
    if (reading || main === null) return setReading(false);
    speechSynthesis.cancel();
    // One utterance a passage: long ones are cut off by some browsers.
    const all = passages(main).map((text) => {
      const one = new SpeechSynthesisUtterance(text);
      one.voice = voice;
      one.lang = voice.lang;
      one.rate = 0.9;
      one.onerror = () => setReading(false);
      return one;
    });
    const final = all[all.length - 1];
    if (final === undefined) return;
    final.onend = () => setReading(false);
    for (const one of all) speechSynthesis.speak(one);
    setReading(true);
  };
  return (
    <button type="button" class="read" onClick={read} data-read={reading ? "stop" : "start"}>
      {t(reading ? "settings.read.stop" : "settings.read.start")}
    </button>
  );
}
