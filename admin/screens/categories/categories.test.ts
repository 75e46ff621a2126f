import test from "ava";
import { openSite } from "../sites.testing.ts";

const idIn = (text: string, name: string) => new RegExp(`/categories/([0-9A-Z]{26})">${name}<`).exec(text)?.[1] ?? "";

async function withCategory(t: Parameters<typeof openSite>[0], name: string) {
  const site = await openSite(t);
  await site.browser.get(site.at("/categories"));
  await site.browser.post(site.at("/categories"), { name, description: "" });
  const id = idIn((await site.browser.get(site.at("/categories"))).text, name);
  return { ...site, id, own: (rest = "") => site.at(`/categories/${id}${rest}`) };
}

test("a category is made, described and renamed; a taken name comes back with a free one and everything typed", async (t) => {
  const { browser, at, own, post, read, id } = await withCategory(t, "Birds");
  t.regex((await browser.get(at("/categories"))).text, /The category “Birds” is there|Birds/);

  const taken = await browser.post(at("/categories"), { name: "birds", description: "Mine <b>" });
  t.is(taken.status, 422);
  t.regex(taken.text, /“birds 2” would be free/);
  t.regex(taken.text, /Mine &lt;b&gt;/);
  t.regex(taken.text, /href="#name"/);
  t.is((await browser.post(at("/categories"), { name: "a, b", description: "" })).status, 422);
  t.is((await browser.post(own(), { name: "Birds", description: "x".repeat(2001) })).status, 422);

  await post({ content: "A heron", categories: ["Birds"] });
  t.is((await read("/categories/birds")).status, 200);
  t.is((await browser.post(own(), { name: "Waders", description: "With long legs" })).location, own());
  t.like(await read("/categories/birds"), { status: 301, location: "/categories/waders" });
  t.regex((await read("/categories/waders")).text, /With long legs/);
  t.regex((await browser.get(own())).text, /value="Waders"/);
  t.is((await browser.get(at("/categories/01ARZ3NDEKTSV4RRFFQ69G5FAV"))).status, 404);
  t.truthy(id);
});

test("a filter is set without script, takes in new posts, and looks at old ones by a job that the page shows", async (t) => {
  const { browser, at, own, post, read, runJobs, house } = await withCategory(t, "Birds");
  await post({ content: "An old heron" });
  await post({ content: "An old otter" });
  await runJobs();
  const rows = { match: "any", is: ["text", "kind:article", ""], value: ["heron", "", ""] };

  const wrong = await browser.post(own("/filter"), { ...rows, is: ["text", "longer", ""], value: ["heron", "many", ""] });
  t.is(wrong.status, 422);
  t.regex(wrong.text, /number of characters/);
  t.regex(wrong.text, /value="many"/);
  t.is((await browser.post(own("/filter/apply"), {})).status, 409);
  t.is((await browser.post(own("/filter"), rows)).location, own());
  t.regex((await browser.get(at("/categories"))).text, /automatic/);
  const shown = (await browser.get(own())).text;
  t.regex(shown, /<option value="kind:article" selected/);
  t.regex(shown, /<option value="any" selected/);

  const fresh = await post({ content: "A new heron" });
  t.deepEqual(
    fresh.categories.map(({ slug }) => slug),
    ["birds"],
  );
  await browser.post(own("/filter/apply"), {});
  t.regex((await browser.get(own())).text, /data-running="yes"[^]*Begins in a moment[^]*<progress/);
  await runJobs();
  t.regex((await browser.get(own())).text, /data-running="no"[^]*Done[^]*3 of 3 looked at[^]*1 post added/);
  const list = (await read("/categories/birds")).text;
  t.regex(list, /An old heron/);
  t.notRegex(list, /otter/);

  await browser.post(own("/filter/apply"), {});
  t.regex((await browser.get(own())).text, /Stop</);
  await browser.post(own("/filter/stop"), {});
  t.regex((await browser.get(own())).text, /Stopped/);
  await browser.post(own("/filter"), { match: "all", is: ["", ""], value: ["", ""] });
  t.regex((await browser.get(own())).text, /Nothing is added automatically any more/);
  t.deepEqual(await house.storage.query("SELECT category_id FROM category_filters"), []);
});

test("merging and deleting ask first, naming the thing; the posts stay", async (t) => {
  const { browser, at, own, post, read } = await withCategory(t, "Herons");
  await browser.post(at("/categories"), { name: "Birds", description: "" });
  const birds = idIn((await browser.get(at("/categories"))).text, "Birds");
  const note = await post({ content: "A heron", categories: ["Herons"] });

  const none = await browser.get(own("/merge?into="));
  t.is(none.status, 422);
  t.regex(none.text, /Choose another category/);
  t.regex((await browser.get(own(`/merge?into=${birds}`))).text, /Merge “Herons” into “Birds”\?/);
  t.is((await browser.post(own("/merge"), { into: birds })).location, at(`/categories/${birds}`));
  t.like(await read("/categories/herons"), { status: 301, location: "/categories/birds" });
  t.is((await browser.get(own())).status, 404);

  const doomed = at(`/categories/${birds}/delete`);
  t.regex((await browser.get(doomed)).text, /Delete the category “Birds”\? Its posts stay/);
  t.is((await browser.post(doomed, {})).location, at("/categories"));
  t.is((await read("/categories/birds")).status, 404);
  t.is((await read(note.path)).status, 200);
});
