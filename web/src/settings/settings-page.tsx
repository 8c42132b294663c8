// #/settings: how the pages look and sound. Each choice shows at once on the page itself.
import type { Engine } from "../engine";
import { LanguageSwitch } from "../language/switch";
import { Page } from "../page";
import { changeSettings, useSettings } from "../settings";
import { localVoice } from "../speak/voice";
import { t } from "../texts";
import { Choice } from "./choice";
import { TextSize } from "./text-size";

export function SettingsPage({ engine }: { engine: Engine }) {
  const settings = useSettings();
  const silent = !("speechSynthesis" in window) || localVoice() === undefined;
  return (
    <Page title={t("settings.title")}>
      <p>{t("settings.text")}</p>
      <h2>{t("web.language")}</h2>
      <LanguageSwitch shell={engine} />
      <Choice
        name="elder"
        title={t("settings.version")}
        options={[
          [undefined, t("web.elder.off")],
          [true, t("web.elder.on"), t("web.elder.hint")],
        ]}
        value={settings.elder}
        onChange={(elder) => changeSettings({ elder })}
      />
      <TextSize elder={settings.elder === true} text={settings.text} />
      <Choice<Settings["theme"]>
        name="theme"
        title={t("settings.theme")}
        options={[
          [undefined, t("settings.device")],
          ["light", t("settings.theme.light")],
          ["dark", t("settings.theme.dark")],
        ]}
        value={settings.theme}
        onChange={(theme) => changeSettings({ theme })}
      />
      <Choice
        name="contrast"
        title={t("settings.contrast")}
        options={[
          [undefined, t("settings.device")],
          [true, t("settings.contrast.high"), t("settings.contrast.hint")],
          [false, t("settings.contrast.normal")],
        ]}
        value={settings.contrast}
        onChange={(contrast) => changeSettings({ contrast })}
      />
      <Choice
        name="pointer"
        title={t("settings.pointer")}
        note={t("settings.pointer.note")}
        options={[
          [undefined, t("settings.pointer.elder")],
          [true, t("settings.pointer.large")],
          [false, t("settings.pointer.normal")],
        ]}
        value={settings.pointer}
        onChange={(pointer) => changeSettings({ pointer })}
      />
      <Choice
        name="speak"
        title={t("settings.speak")}
        note={silent ? t("settings.speak.none") : t("settings.speak.local")}
        options={[
          [undefined, t("settings.speak.on")],
          [false, t("settings.speak.off")],
        ]}
        value={settings.speak}
        onChange={(speak) => changeSettings({ speak })}
      />
      <Choice
        name="motion"
        title={t("settings.motion")}
        options={[
          [undefined, t("settings.device")],
          [false, t("settings.motion.off")],
        ]}
        value={settings.motion}
        onChange={(motion) => changeSettings({ motion })}
      />
      <p class="actions">
        <button type="button" class="secondary" onClick={reset} data-reset-settings>
          {t("settings.reset")}
        </button>
      </p>
      <p class="note">{t("settings.kept")}</p>
    </Page>
  );
}

function reset() {
  changeSettings({
    elder: undefined,
    contrast: undefined,
    theme: undefined,
    text: undefined,
    pointer: undefined,
    motion: undefined,
    speak: undefined,
  });
}
