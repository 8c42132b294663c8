// A plain <iframe> as high as what is in it, and told how far the visitor is. This is all a page needs without embed.js.
const frame = document.getElementById("chuncheng");
const site = new URL(frame.src).origin;
addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow || event.origin !== site || event.data?.chuncheng !== 1) return;
  if (event.data.type === "resize") {
    frame.style.height = `${event.data.height}px`;
    frame.contentWindow.postMessage({ chuncheng: 1, type: "hello" }, site);
  }
});
