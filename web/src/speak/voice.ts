// The device's own voice for the page's language. Never one that sends the words to a server: a result tells about the family.

/** Undefined where there is none (yet: some browsers find their voices later and say `voiceschanged`). */
export function localVoice(): SpeechSynthesisVoice | undefined {
  const wanted = document.documentElement.lang.toLowerCase();
  const language = (tag: string) => tag.toLowerCase().replace("_", "-");
  const fitting = speechSynthesis
    .getVoices()
    .filter(({ localService, lang }) => localService && language(lang).split("-")[0] === wanted.split("-")[0]);
  return fitting.find(({ lang }) => language(lang) === wanted) ?? fitting[0];
}
