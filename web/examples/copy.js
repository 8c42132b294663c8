// "Copy" buttons beside the snippets: the clipboard where there is one, else the text is selected for the reader's own copying.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copied(source.textContent, source);
    said.textContent = done ? button.dataset.done : button.dataset.select;
  });
}

async function copied(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard on plain http, in a frame, or in an old browser.
  }
  const range = document.createRange();
  range.selectNodeContents(source);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}
