// The answers, and nothing around them.

/** `lines`: {data, text}. */
export function show(id, lines) {
  const list = document.createDocumentFragment();
  for (const { data, text } of lines) {
    const article = document.createElement("article");
    Object.assign(article.dataset, data);
    article.append(text);
    list.append(article);
  }
  document.getElementById(id).replaceChildren(list);
}

export const showFound = (found) =>
  show(
    "search",
    found.map(({ id, name, address, district }) => ({ data: { id }, text: [name, district, address].filter(Boolean).join(" ") })),
  );
export const asked = () => decodeURIComponent(location.hash.slice(1));
