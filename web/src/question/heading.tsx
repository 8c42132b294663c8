/** The question as the page's h1. */
export function Heading({ title }: { title: string }) {
  return <h1 tabIndex={-1}>{title}</h1>;
}

export function Help({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p class="help" id="question-help">
      {text}
    </p>
  );
}

export function Wrong({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p class="wrong" role="alert" id="question-wrong">
      {text}
    </p>
  );
}
