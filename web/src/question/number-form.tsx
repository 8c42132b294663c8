// A number with its unit, asked for as text: old phones and IMEs type full-width digits, and arrows that change the value help no one.
import { useRef, useState } from "preact/hooks";
import { Heading, Help, Wrong } from "./heading";

interface Props {
  title: string;
  help: string | undefined;
  initial: string;
  unit: string;
  range: string;
  bad: string;
  submit: string;
  inputMode: "numeric" | "decimal";
  /** The value of what was typed, or undefined when it does not do. */
  read(text: string): number | undefined;
  save(value: number): void;
}

export function NumberForm({ title, help, initial, unit, range, bad, submit, inputMode, read, save }: Props) {
  const [text, setText] = useState(initial);
  const [wrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const value = read(text.normalize("NFKC").replace(/[\s,]/g, ""));
    if (value !== undefined) save(value);
    else {
      setWrong(true);
      input.current?.focus();
    }
  };
  return (
    <form onSubmit={onSubmit} noValidate>
      <Heading title={title} />
      <Help text={help} />
      <Wrong text={wrong ? bad : undefined} />
      <p class="number">
        <input
          ref={input}
          type="text"
          inputMode={inputMode}
          autocomplete="off"
          aria-label={title}
          aria-describedby="question-range"
          aria-invalid={wrong}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <span>{unit}</span>
      </p>
      <p class="hint" id="question-range">
        {range}
      </p>
      <button type="submit" class="primary">
        {submit}
      </button>
    </form>
  );
}
