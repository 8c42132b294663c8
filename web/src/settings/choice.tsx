interface Props<T> {
  name: string;
  title: string;
  note?: string;
  /** A value, its name, and what it means where that needs saying. */
  options: [T, string, string?][];
  value: T;
  onChange(value: T): void;
}

/** One setting: which of a few. */
export function Choice<T>({ name, title, note, options, value, onChange }: Props<T>) {
  return (
    <fieldset class="setting">
      <legend>
        <h2>{title}</h2>
      </legend>
      {note !== undefined && <p class="hint">{note}</p>}
      <div class="choices">
        {options.map(([one, label, hint]) => (
          <label class="choice" key={label}>
            <input type="radio" name={name} value={String(one ?? "")} checked={value === one} onChange={() => onChange(one)} />
            <span>
              {label}
              {hint !== undefined && <span class="hint"> {hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
