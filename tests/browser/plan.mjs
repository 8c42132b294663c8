// Journey 5: the pages of the plan against the pack's own file.
import { readFileSync } from "node:fs";
import { address, check, go, same, texts } from "./harness.mjs";

const pack = (name) => JSON.parse(readFileSync(new URL(`../../shared/packs/kunming/${name}`, import.meta.url), "utf8"));
const plan = pack("plan.json");
const districts = pack("districts.json").districts;
const facilities = new Map(
  readFileSync(new URL("../../shared/packs/kunming/facilities/plan-projects.csv", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","))
    .map(([id, name, type, district, , , beds, places]) => [id, { name, type, district, beds, places }]),
);
const _PARTS = [...plan.themes.map(({ id }) => id), "projects", "policies", "support", "conflicts"];

// As the page says it, written down a second time: what is said must not change by accident.
const said = ({ basis, bound, value, unit }) =>
  (basis?.zh ?? "") +
  ({ over: "超过 ", about: "约 " }[bound] ?? "") +
  value +
  (unit === "%" ? "%" : ` ${unit}`) +
  (bound === "at_least" ? "以上" : "");

const enter = async (page, part) => {
  await page.goto(address(`#/plan${part === "" ? "" : `/${part}`}`));
  await page.waitForSelector(part === "" ? ".parts" : "main.plan [data-entry]");
};

export const planTests = {
  async "journey 5: from the home page to a theme, and back"({ page, seen }) {
    await page.goto(address(""));
    await page.waitForSelector(".door");
    check(!seen.requests.some((request) => /plan\.[0-9a-f]{16}\.json/.test(request.url())), "the plan was fetched before it was wanted");
    await page.click('.door[href="#/plan"]');
    await page.waitForSelector(".parts");
    check(
      seen.requests.some((request) => /plan\.[0-9a-f]{16}\.json/.test(request.url())),
      "the plan was not fetched",
    );
    await page.click('a[href="#/plan/homes"]');
    await page.waitForSelector("[data-entry=beds_per_thousand]");
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    await page.goBack();
    await page.waitForSelector(".parts");
    same(await page.locator('.parts a[href="#/data"]').count(), 1, "a way to the open data");
    same(seen.problems, [], "problems");
  },

  async "journey 5: every figure on the pages is the pack's, in the picture and in the table"({ page, seen }) {
    let shown = 0;
    for (const theme of plan.themes) {
      await enter(page, theme.id);
      const found = await page.$$eval("main.plan li[data-entry]", (list) =>
        list.map((one) => ({
          id: one.dataset.entry,
          text: one.textContent,
          picture: one.querySelector("figure")?.textContent ?? null,
          cells: Array.from(document.querySelectorAll(`[data-row=${one.dataset.entry}] td`), (cell) => cell.textContent),
        })),
      );
      const wanted = plan.indicators.filter((one) => one.theme === theme.id);
      same(
        found.map(({ id }) => id),
        wanted.map(({ id }) => id),
        theme.id,
      );
      for (const [index, one] of wanted.entries()) {
        const { text, picture, cells } = found[index];
        const figures = [one.baseline, one.target, one.later].filter((figure) => figure !== undefined);
        for (const figure of figures) {
          check(text.includes(said(figure)), `${one.id}: “${said(figure)}” is not in “${text}”`);
          if (picture !== null) check(picture.includes(said(figure)), `${one.id}: the picture does not say ${said(figure)}`);
          if (figure.place !== undefined) check(text.includes(figure.place), `${one.id} does not say where: ${figure.place}`);
        }
        same(
          cells,
          [one.baseline, one.target].map((figure) => (figure === undefined ? texts["plan.none"] : said(figure))),
          `${one.id} in the table`,
        );
        check(text.includes(texts["source.status.plan"]), `${one.id}: how sure`);
        for (const conflict of plan.conflicts.filter(({ about }) => about.includes(one.id))) {
          check(text.includes(conflict.say.zh), `${one.id}: the conflict ${conflict.id} is not told`);
          for (const figure of conflict.figures ?? [])
            check(picture?.includes(said(figure)), `${conflict.id}: ${said(figure)} is not drawn`);
        }
        shown++;
      }
    }
    same(shown, 71, "indicators");
    same(seen.problems, [], "problems");
  },

  async "journey 5: bars are as long as the figures say"({ page }) {
    await enter(page, "homes");
    const widths = await page.$$eval("[data-entry=nursing_beds] rect:not(.track)", (list) => list.map((one) => one.getAttribute("width")));
    same(widths, ["47.33%", "60%"], "shares of the whole");
    const beds = await page.$$eval("[data-entry=beds_per_thousand] rect:not(.track)", (list) =>
      list.map((one) => Number.parseFloat(one.getAttribute("width"))),
    );
    same(
      beds.map((width) => width.toFixed(2)),
      [23.7, 31, 40].map((value) => ((value / 40) * 100).toFixed(2)),
      "the longest is the greatest",
    );
    same(await page.locator("[data-entry=care_homes] svg").count(), 0, "one number alone is no picture");
  },

  async "journey 5: the projects by district and kind, and each in the table"({ page, seen }) {
    await enter(page, "projects");
    const rows = () =>
      page.$$eval("tr[data-entry]", (list) =>
        list.map(({ dataset, textContent }) => ({
          id: dataset.entry,
          field: dataset.field,
          district: dataset.district,
          text: textContent,
        })),
      );
    const all = await rows();
    same(all.length, 64, "projects");
    for (const [index, project] of plan.projects.entries()) {
      const { name, district, beds, places } = facilities.get(project.facility);
      same([all[index].id, all[index].district, all[index].field], [project.id, district, project.field], project.id);
      const parts = [name, `${project.investment_wan} 万元`, districts.find(({ code }) => code === district).name.zh];
      if (beds !== "") parts.push(`床位 ${beds} 张`);
      if (places !== "") parts.push(`托位 ${places} 个`);
      for (const conflict of plan.conflicts.filter(({ about }) => about.includes(project.id))) parts.push(conflict.say.zh);
      for (const part of parts) check(all[index].text.includes(part), `${project.id}: “${part}” is missing`);
    }
    const counted = (label, list) => check(label.includes(`${list.length} 个`), `${label}: ${list.length}`);
    const fields = await page.$$eval("figure >> nth=0 >> p", (list) => list.map((one) => one.textContent));
    same(fields.length, plan.fields.length, "kinds");
    for (const [index, { id }] of plan.fields.entries())
      counted(
        fields[index],
        plan.projects.filter(({ field }) => field === id),
      );
    await page.selectOption("select >> nth=0", "childcare");
    await page.selectOption("select >> nth=1", "dongchuan");
    const some = await rows();
    check(
      some.length > 0 && some.length < 64 && some.every(({ field, district }) => field === "childcare" && district === "dongchuan"),
      "filters",
    );
    same(
      some.map(({ id }) => id),
      plan.projects.filter((one) => one.field === "childcare" && facilities.get(one.facility).district === "dongchuan").map(({ id }) => id),
      "childcare in Dongchuan",
    );
    const bars = await page.$$eval("figure >> nth=1 >> p", (list) => list.map((one) => one.textContent));
    check(
      bars.some((label) => label.startsWith("东川区") && label.includes(`${some.length} 个`)),
      `the picture does not follow: ${bars}`,
    );
    same(seen.problems, [], "problems");
  },

  async "journey 5: each policy says what it means for a family and leads to its benefits"({ page, seen }) {
    await enter(page, "policies");
    for (const one of plan.policies) {
      const card = page.locator(`[data-entry=${one.id}]`);
      const text = await card.textContent();
      for (const part of [one.title.zh, one.say.zh, one.family.zh, one.place])
        check(text.includes(part), `${one.id}: “${part}” is missing`);
      same(
        await card.locator(".names a").evaluateAll((list) => list.map((link) => link.hash)),
        (one.benefits ?? []).map((id) => `#/coverage/${id}`),
        `${one.id}: benefits`,
      );
    }
    await page.click('[data-entry=policy-8] a[href="#/coverage/canteen"]');
    await page.waitForFunction(() => document.activeElement?.dataset.benefit === "canteen");
    same(seen.problems, [], "problems");
  },

  async "journey 5: support, pilots and platforms"({ page, seen }) {
    await enter(page, "support");
    for (const one of [...plan.elements, ...plan.pilots, ...plan.platforms]) {
      const text = await page.locator(`[data-entry=${one.id}]`).textContent();
      for (const part of [one.title.zh, one.say.zh, one.place]) check(text.includes(part), `${one.id}: “${part}” is missing`);
    }
    same(await page.locator("[data-entry]").count(), 14 + 8 + 3, "entries");
    same(seen.problems, [], "problems");
  },

  async "journey 5: the list of conflicts leads to what each is about"({ page, seen }) {
    await enter(page, "conflicts");
    same(await page.locator("[data-entry]").count(), plan.conflicts.length, "conflicts");
    await page.click('.names a[href="#/plan/geriatric_departments"]');
    await page.waitForFunction(() => document.activeElement?.dataset.entry === "geriatric_departments");
    same(seen.problems, [], "problems");
  },

  async "journey 5: indicators, pilots and policies are found by search"({ page, seen }) {
    await page.goto(address("#/find"));
    await page.waitForSelector(".total");
    await page.fill("#find-q", "hulixingchuangwei");
    await page.click("[data-kind=indicator]");
    await page.waitForSelector("[data-id=nursing_beds] mark");
    await page.click("[data-id=nursing_beds] a");
    await page.waitForFunction(() => document.activeElement?.dataset.entry === "nursing_beds");
    await go(page, "#/find");
    await page.fill("#find-q", "安宁疗护");
    await page.click("[data-kind=plan]");
    await page.click("[data-id=pilot-2] a");
    await page.waitForFunction(() => document.activeElement?.dataset.entry === "pilot-2");
    same(seen.problems, [], "problems");
  },

  async "journey 5: a damaged plan is reported plainly and can be tried again"({ page }) {
    await page.route(/plan\.[0-9a-f]{16}\.json/, (route) => route.fulfill({ status: 200, body: "{}" }));
    await page.goto(address("#/plan"));
    await page.waitForSelector(".alert button");
    check((await page.textContent(".alert")).includes(texts["web.boot.damaged"]), "message");
    await page.unroute(/plan\.[0-9a-f]{16}\.json/);
    await page.click(".alert button");
    await page.waitForSelector(".parts");
  },
};
