// A text field with suggestions: the editable combobox with list of the ARIA Authoring Practices.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Suggestion } from "../../../wasm/js/types";
import { Zh } from "../language/zh";
import { t } from "../texts";

interface Props {
  value: string;
  suggest(text: string): Promise<Suggestion[]>;
  onInput(text: string): void;
  onChoose(suggestion: Suggestion): void;
}

export function SearchBox({ value, suggest, onInput, onChoose }: Props) {
  const [list, setList] = useState<Suggestion[]>([]);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const turn = useRef(0);
  const shown = open && list.length > 0;

  useEffect(() => {
    const mine = ++turn.current;
    if (value.trim() === "") setList([]);
    else
      void suggest(value).then((found) => {
        if (mine !== turn.current) return;
        setList(found);
        setActive(-1);
      });
  }, [value, suggest]);

  const choose = (suggestion: Suggestion) => {
    setOpen(false);
    setActive(-1);
    onChoose(suggestion);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and arrows belong to the input method while it composes.
    if (event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && list.length > 0) {
      event.preventDefault();
      setOpen(true);
      setActive((old) => (old + step + list.length + (old === -1 && step === -1 ? 1 : 0)) % list.length);
    } else if (event.key === "Escape") {
      // A search field would empty itself.
      event.preventDefault();
      if (shown) setOpen(false);
      else onInput("");
    } else if (event.key === "Enter") {
      event.preventDefault();
      const suggestion = shown ? list[active] : undefined;
      if (suggestion !== undefined) choose(suggestion);
      else setOpen(false);
    }
  };
  return (
    <div class="search-box">
      <label for="find-q">{t("find.input")}</label>
      <div class="combobox">
        <input
          id="find-q"
          type="search"
          // biome-ignore lint/a11y/noRedundantRoles: `list` is only there because the element types ask for it beside this role
          role="combobox"
          list={undefined}
          autocomplete="off"
          enterkeyhint="search"
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls="find-suggestions"
          aria-activedescendant={shown && active >= 0 ? `find-suggestion-${active}` : undefined}
          aria-describedby="find-hint"
          value={value}
          onInput={(event) => {
            setOpen(true);
            onInput(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <div id="find-suggestions" role="listbox" aria-label={t("find.suggestions")} hidden={!shown}>
          {list.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox's keys work in the input, as the pattern asks
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input (aria-activedescendant)
            <div
              role="option"
              id={`find-suggestion-${index}`}
              key={`${one.kind}-${one.text}`}
              aria-selected={index === active}
              // Else the field would lose the focus, and the list close, before the click arrives.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(one)}
            >
              <span>
                <Zh>{one.text}</Zh>
              </span>
              <span class="hint">{t(`find.suggest.${one.kind}`)}</span>
            </div>
          ))}
        </div>
      </div>
      <p class="hint" id="find-hint">
        {t("find.input.hint")}
      </p>
    </div>
  );
}
