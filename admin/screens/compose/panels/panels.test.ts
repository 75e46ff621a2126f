import test from "ava";
import { definePlugin } from "../../../../core/host/define-plugin.ts";
import { openDashboard, setUp } from "../../../testing.ts";

const kitchen = definePlugin({
  id: "kitchen",
  name: "Kitchen",
  description: "Has panels.",
  version: "1.0.0",
  api: 1,
  panels: [
    {
      id: "dish",
      title: "Dish",
      order: 2,
      fields: {
        dish: { type: "text", label: "Name of the dish", required: true },
        site: { type: "url", label: "Recipe" },
        hot: { type: "boolean", label: "Hot" },
        steps: { type: "list", label: "Steps", fields: { what: { type: "text", label: "What", required: true } } },
      },
    },
    {
      id: "mood",
      title: "Mood",
      order: 1,
      fields: { mood: { type: "text", label: "Mood" } },
      read: ({ properties }) => {
        if (properties.mood === "broken") throw new Error("The oven is off.");
        return { mood: properties.mood ?? "" };
      },
      write: ({ mood }, draft) => {
        if (mood === "bad") return { refuse: "Not today.", field: "mood", status: 422 };
        if (mood === "explosive") throw new Error("The oven burns.");
        return { ...draft, authorId: "nobody", properties: { ...draft.properties, mood: mood || null } };
      },
    },
    { id: "gallery", title: "Gallery", when: { photos: true }, fields: { frame: { type: "text", label: "Frame" } } },
  ],
});

async function opened(t: Parameters<typeof openDashboard>[0]) {
  const made = await openDashboard(t, { plugins: [{ plugin: kitchen, folder: import.meta.dirname, isBundled: true } as never] });
  await setUp(made);
  await made.house.host.enable("kitchen", { everywhere: true } as never);
  const { browser, house } = made;
  await browser.get("/compose");
  const stored = async () => {
    const [row] = await house.storage.query("SELECT id, status, properties, version FROM posts ORDER BY id DESC LIMIT 1");
    const { id, status, version } = row!;
    return {
      id: String(id),
      status,
      version: Number(version),
      ...(JSON.parse(String(row!.properties)) as { kitchen?: unknown; mood?: unknown }),
    };
  };
  return { ...made, stored };
}

const shown = { "panels[]": ["kitchen.dish", "kitchen.mood", "kitchen.gallery"] };
const dish = "panel.kitchen.dish.";
const mood = "panel.kitchen.mood.mood";

test("plugins' panels stand in the composer and are stored with the post, without script; refusals keep what was typed", async (t) => {
  const { browser, stored } = await opened(t);
  const page = (await browser.get("/compose")).text;
  t.regex(page, /<legend>Gallery<\/legend>[^]*Only for posts with photos[^]*<legend>Mood<\/legend>[^]*<legend>Dish<\/legend>/);
  t.notRegex(page, /name="panel\.kitchen\.dish\.dish"[^>]* required/);
  t.notRegex((await browser.get("/compose?kind=page")).text, /<legend>Dish</);

  const wrong = { ...shown, content: "Pie", [`${dish}site`]: "nowhere", [mood]: "bad", intent: "publish" };
  const refused = await browser.post("/compose", wrong);
  t.is(refused.status, 422);
  t.regex(refused.text, /<details class="more" open>/);
  t.regex(refused.text, /<a href="#panel\.kitchen\.dish\.dish">Name of the dish/);
  t.regex(refused.text, /id="panel\.kitchen\.dish\.site"[^>]*value="nowhere"[^>]*aria-invalid="true"/);
  t.regex(refused.text, /id="panel\.kitchen\.mood\.mood-error">Not today\./);

  const added = await browser.post("/compose", {
    ...shown,
    content: "Pie",
    intent: "list:add:kitchen.dish.steps",
    [mood]: "fine",
  });
  t.is(added.status, 200);
  t.regex(added.text, /name="panel\.kitchen\.dish\.steps\.0\.what"/);
  t.regex(added.text, /name="panel\.kitchen\.mood\.mood"[^>]*value="fine"/);

  const fields = { [`${dish}dish`]: "Pie", [`${dish}steps.rows`]: "1", [`${dish}steps.0.what`]: "Bake", [mood]: "fine" };
  const preview = await browser.post("/compose", { ...shown, content: "Pie", ...fields, intent: "preview" });
  t.regex(preview.text, /name="panel\.kitchen\.dish\.steps\.0\.what" hidden>\nBake</);
  t.is((await browser.post("/compose", { ...shown, content: "Pie", ...fields, intent: "publish" })).status, 303);
  t.like(await stored(), { status: "published", kitchen: { dish: "Pie", steps: [{ what: "Bake" }] }, mood: "fine" });
});

test("an edited post shows what it holds; panels that are off or were not shown leave it alone", async (t) => {
  const { browser, house, stored } = await opened(t);
  const fields = { content: "Soup", ...shown, [`${dish}dish`]: "Soup", [`${dish}hot`]: "on", [mood]: "fine" };
  await browser.post("/compose", { ...fields, intent: "publish" });
  const { id } = await stored();
  const at = `/b/kim.localhost/posts/${id}/edit`;
  const page = (await browser.get(at)).text;
  t.regex(page, /name="panel\.kitchen\.dish\.dish"[^>]*value="Soup"/);
  t.regex(page, /name="panel\.kitchen\.dish\.hot" value="on" checked/);
  t.regex(page, /name="panel\.kitchen\.mood\.mood"[^>]*value="fine"/);

  await browser.post(at, { content: "Soup again", version: "1", intent: "update" });
  t.like(await stored(), { kitchen: { dish: "Soup", hot: true }, mood: "fine", version: 2 });
  await browser.post(at, {
    content: "Soup",
    version: "2",
    ...shown,
    [`${dish}dish`]: "Stew",
    "panel.kitchen.gallery.frame": "oak",
  });
  t.deepEqual((await stored()).kitchen, { dish: "Stew" });
  t.is((await stored()).mood, undefined);

  await house.host.disable("kitchen");
  t.notRegex((await browser.get(at)).text, /<legend>Dish</);
  await browser.post(at, { content: "Soup", version: "3", ...shown, [`${dish}dish`]: "Lost", intent: "update" });
  t.like(await stored(), { kitchen: { dish: "Stew" }, version: 4 });
});

test("a draft may lack what a post needs, and what is typed into panels is saved while it is typed", async (t) => {
  const { browser, stored } = await opened(t);
  t.is((await browser.post("/compose", { content: "Half", ...shown, intent: "draft" })).status, 303);
  t.is((await stored()).kitchen, undefined);

  const key = "4f1c2d1e-0000-4000-8000-000000000001";
  const typed = { content: ["Half"], ...shown, [`${dish}dish`]: ["Qui"], [`${dish}site`]: ["htt"] };
  t.is((await browser.script("PUT", `/b/kim.localhost/drafts/${key}`, typed)).status, 201);
  const page = (await browser.get(`/b/kim.localhost/posts/${(await stored()).id}/edit`)).text;
  t.regex(page, /name="panel\.kitchen\.dish\.dish"[^>]*value="Qui"/);
  t.regex(page, /name="panel\.kitchen\.dish\.site"[^>]*value="htt"/);
});

test("a panel that fails says so, costs neither the post nor what is stored, and the post can go out without it", async (t) => {
  const { browser, house, stored } = await opened(t);
  const fields = { content: "Flambé", ...shown, [`${dish}dish`]: "Flambé", [mood]: "explosive", intent: "publish" };
  const refused = await browser.post("/compose", fields);
  t.is(refused.status, 422);
  t.regex(refused.text, /“Mood” could not take what you wrote/);
  t.regex(refused.text, /name="panel\.kitchen\.mood\.mood"[^>]*value="explosive"/);
  t.is((await browser.post("/compose", { ...fields, "panels-without[]": "kitchen.mood" })).status, 303);
  t.like(await stored(), { status: "published", kitchen: { dish: "Flambé" } });

  const { id } = await stored();
  await house.storage.write((db) =>
    db.run("UPDATE posts SET properties = ? WHERE id = ?", [JSON.stringify({ mood: "broken" }), id]),
  );
  const page = (await browser.get(`/b/kim.localhost/posts/${id}/edit`)).text;
  t.regex(page, /<legend>Mood<\/legend>[^]*This part failed/);
  t.notRegex(page, /value="kitchen\.mood"/);
});
