// Runs inside a page: what of it breaks the measures that everyone.mjs asks for, as a list of words. `limits`: text, small (least sizes of text in
// pixels), target (least side of a control), tall (least height of what fills a line), contrast (least ratio), elder (one column, nothing extra).
export function audit(limits) {
  const found = [];
  const say = (what, element) => found.push(`${what}: ${element.outerHTML.replace(/\s+/g, " ").slice(0, 110)}`);
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > 0 && getComputedStyle(element).visibility === "visible";
  };
  const all = (selector) => Array.from(document.querySelectorAll(selector)).filter(seen);
  const pixels = (element, property) => Number.parseFloat(getComputedStyle(element)[property]);

  if (pixels(document.body, "fontSize") < limits.text - 0.01) say(`base text of ${pixels(document.body, "fontSize")} px`, document.body);
  if (all("h1").length !== 1) found.push(`${all("h1").length} main headings`);

  // Colours: laid over each other from the element up to the first that covers.
  const parse = (colour) => {
    const [r, g, b, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return { r, g, b, a };
  };
  const over = (top, under) => ({
    r: top.r * top.a + under.r * (1 - top.a),
    g: top.g * top.a + under.g * (1 - top.a),
    b: top.b * top.a + under.b * (1 - top.a),
    a: 1,
  });
  const behind = (element) => {
    if (element === null) return { r: 255, g: 255, b: 255, a: 1 };
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.a === 1 ? own : over(own, behind(element.parentElement));
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (one, other) => {
    const [bright, dim] = [light(one), light(other)].sort((a, b) => b - a);
    return (bright + 0.05) / (dim + 0.05);
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.textContent.trim() === "" || element.closest("svg,option,script,noscript,[disabled]") !== null || !seen(element)) continue;
    texts++;
    const size = pixels(element, "fontSize");
    if (size < limits.small - 0.01) say(`text of ${size} px`, element);
    if (pixels(element, "lineHeight") / size < 1.3 && element.closest("button") === null) say("lines too close", element);
    const background = behind(element);
    const contrast = ratio(over(parse(getComputedStyle(element).color), background), background);
    if (contrast < limits.contrast - 0.005) say(`contrast ${contrast.toFixed(2)}`, element);
  }
  if (texts < 5) found.push(`only ${texts} texts were seen`);

  // Between paragraphs: 1.3 times the height of a line from line to line; of running text, that much of empty space.
  for (const paragraph of all("main p + p")) {
    const before = paragraph.previousElementSibling;
    if (!seen(before)) continue;
    const line = pixels(before, "lineHeight");
    const gap = paragraph.getBoundingClientRect().top - before.getBoundingClientRect().bottom;
    if (gap < 0.29 * line) say(`${gap.toFixed(1)} px between paragraphs, a line is ${line}`, paragraph);
    const running = (one) => one.className === "" && one.closest(".hit, .entries, .stepper, .card, .bars, figure") === null;
    if (running(paragraph) && running(before) && gap < 1.3 * line - 0.5) say(`${gap.toFixed(1)} px between paragraphs of text`, paragraph);
  }

  // A control is as large as the label that works for it.
  let controls = 0;
  for (const one of all("a[href], button, input, select, textarea, summary, [role=button], [role=option], [tabindex='0']")) {
    if (one.closest("svg") !== null) continue;
    controls++;
    const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
    if (Math.min(width, height) < limits.target - 0.5) say(`control of ${width.toFixed(0)} × ${height.toFixed(0)} px`, one);
  }
  for (const one of all("button:not(.skip), select, input[type=text], input[type=search], summary, .choice, .top a, .door, a.secondary")) {
    const { height } = one.getBoundingClientRect();
    if (height < limits.tall - 0.5) say(`only ${height.toFixed(0)} px high`, one);
  }
  for (const one of all("h1")) if (one.getBoundingClientRect().left < 12) say("touches the edge", one);
  if (controls < 4) found.push(`only ${controls} controls were seen`);

  for (const one of all("main *, header *")) {
    const style = getComputedStyle(one);
    if (style.position === "fixed") say("fixed over the page", one);
    if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") say("cut text", one);
    if (style.overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1 && one.textContent.trim() !== "") say("clipped text", one);
  }
  // Colour is never the only sign: what is coloured says in words what the colour means.
  for (const one of all(".badge")) if (one.textContent.trim() === "") say("a badge without words", one);
  // A line of a list has the verdict in its group's heading.
  for (const one of all("article[data-verdict]")) {
    const group = one.closest("section[data-group]");
    const words = [one.querySelector(".badge"), group?.querySelector("h2")].map((part) => part?.textContent.trim() ?? "");
    if (words.every((word) => word === "")) say("a verdict by colour alone", one);
  }
  for (const one of all("input[aria-invalid=true]")) if (document.querySelector("[role=alert]") === null) say("wrong by colour alone", one);
  // Advertising and whatever plays or moves by itself.
  for (const one of all("iframe, object, embed, video, audio, marquee, [autoplay]")) say("foreign or moving", one);
  if (document.querySelector("meta[http-equiv=refresh i]") !== null) found.push("the page reloads itself");

  if (limits.elder) {
    for (const one of all(".extra")) say("not essential", one);
    for (const list of all(".doors, .pair, .choices, .filters, .hits")) {
      const tops = Array.from(list.children).filter(seen);
      for (const [index, one] of tops.entries())
        if (index > 0 && one.getBoundingClientRect().top < tops[index - 1].getBoundingClientRect().bottom - 1) say("side by side", one);
    }
  }
  return Array.from(new Set(found));
}
