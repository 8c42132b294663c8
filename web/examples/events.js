// Shows the events of the element above: what the page around is told, and all that it is told.
const list = document.getElementById("events");
for (const type of ["ready", "resize", "step", "result", "error"])
  document.querySelector("chuncheng-check").addEventListener(type, ({ detail }) => {
    const line = document.createElement("li");
    line.textContent = `${type} ${JSON.stringify(detail)}`;
    list.prepend(line);
    while (list.children.length > 8) list.lastChild.remove();
  });
