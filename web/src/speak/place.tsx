// Where the button to read the page aloud stands: it comes with the later pages' code, and only where there is a voice.
import { useEffect, useState } from "preact/hooks";
import { type LaterCode, laterArrived } from "../later";
import { useSettings } from "../settings";

export function ReadAloud() {
  const { speak } = useSettings();
  const [Button, setButton] = useState<LaterCode["ReadButton"]>();
  useEffect(() => {
    if ("speechSynthesis" in window) laterArrived.then(({ ReadButton }) => setButton(() => ReadButton));
  }, []);
  return Button === undefined || speak === false ? null : <Button />;
}
