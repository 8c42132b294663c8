// Horizontal bars, each below its words: the words are text that wraps, grows and is read aloud, the bar only shows their proportion.
export interface Bar {
  label: string;
  /** Part of the full width, 0 to 1. */
  share: number;
  look: "now" | "aim" | "other";
}

export function Bars({ bars }: { bars: Bar[] }) {
  return (
    <figure class="bars">
      {bars.map(({ label, share, look }) => (
        <p key={label}>
          {label}
          <svg aria-hidden="true" width="100%" height="0.75em">
            <rect class="track" width="100%" height="100%" />
            <rect class={look} width={`${Math.min(share, 1) * 100}%`} height="100%" />
          </svg>
        </p>
      ))}
    </figure>
  );
}
