import test from "ava";
import { blogByHost, changeBlog } from "../../../core/blogs/blogs.ts";
import { personByUsername } from "../../../core/people/accounts.ts";
import { publish } from "../../../core/posts/publish.ts";
import { openDashboard, setUp } from "../../testing.ts";
import { monthGrid, monthOf, neighbours } from "./month.ts";

async function opened(t: Parameters<typeof openDashboard>[0]) {
  const made = await openDashboard(t);
  await setUp(made);
  const { house } = made;
  const blog = (await blogByHost(house.storage, "kim.localhost", house.site))!;
  const scope = house.scopeOf((await personByUsername(house.storage, "kim"))!, blog, "web");
  const post = async (content: string, publishedAt: string) => {
    const outcome = await publish(scope, { content, publishedAt });
    if (!outcome.ok) throw new Error(outcome.refusal.refuse);
    return outcome.post;
  };
  const stored = async (id: string) =>
    (await house.storage.query("SELECT status, published_at FROM posts WHERE id = ?", [id]))[0]!;
  return { ...made, blog, scope, post, stored };
}

const schedule = "/b/kim.localhost/schedule";
const posts = "/b/kim.localhost/posts";

test("scheduled posts are listed by day and in a month, and nothing when there are none", async (t) => {
  const { browser, post } = await opened(t);
  t.regex((await browser.get(schedule)).text, /Nothing scheduled/);
  await post("Later", "2999-03-14T09:30:00Z");
  t.regex((await browser.get(schedule)).text, /14 March 2999[^]*Later/);
  t.regex((await browser.get(`${schedule}?view=month&month=2099-03`)).text, /March 2099/);
  t.notRegex((await browser.get(`${schedule}?view=month`)).text, /Later/);
});

test("a scheduled post moves by a date or by a day, never into the past, and comes out at once when asked", async (t) => {
  const { browser, post, stored } = await opened(t);
  const { id } = await post("Later", "2999-03-14T09:30:00Z");
  await browser.get(schedule);
  await browser.post(`${posts}/${id}/schedule`, { days: "1" });
  t.is((await stored(id)).published_at, "2999-03-15T09:30:00.000Z");
  await browser.post(`${posts}/${id}/schedule`, { published: "2999-04-01T08:00" });
  t.is((await stored(id)).published_at, "2999-04-01T08:00:00.000Z");
  t.is((await browser.post(`${posts}/${id}/schedule`, { published: "2001-01-01T08:00" })).status, 422);
  t.is((await browser.post(`${posts}/${id}/schedule`, { published: "soon" })).status, 422);

  const answer = await browser.post(`${posts}/${id}/publish`, {});
  t.is((await stored(id)).status, "published");
  t.regex((await browser.get(answer.location!)).text, /Published\.[^]*>Undo</);
  t.is((await browser.post(`${posts}/${id}/publish`, {})).status, 409);
  t.is((await browser.post(`${posts}/${id}/schedule`, { days: "1" })).status, 409);
});

test("a post whose time passed while the server was down is listed as missed, with Publish now", async (t) => {
  const { browser, post, house } = await opened(t);
  const { id } = await post("Too late", "2999-03-14T09:30:00Z");
  await house.storage.write((db) => db.run("UPDATE posts SET published_at = '2026-01-01T00:00:00.000Z' WHERE id = ?", [id]));
  for (const path of [schedule, `${posts}?tab=scheduled`, `${posts}/${id}`])
    t.regex((await browser.get(path)).text, /Missed[^]*Publish now/, path);
});

test("the next free time of the blog's own is offered", async (t) => {
  const { browser, blog, house } = await opened(t);
  const settings = { scheduleSlots: ["09:00", "25:99", "18:30"] };
  await house.storage.write((db) => changeBlog(db, blog.id, { settings }, house.clock.now()));
  t.regex((await browser.get(schedule)).text, /Next of your times: [^.]* at (09:00|18:30)/);
});

test("months begin on the day readers expect and cover whole weeks", (t) => {
  const english = monthGrid("2026-11", "Europe/Berlin", "en");
  t.deepEqual([english.weeks[0]![0]!.date, english.weekdays[0], english.title], ["2026-10-26", "Mon", "November 2026"]);
  t.deepEqual([english.from, english.until], ["2026-10-25T23:00:00.000Z", "2026-12-06T23:00:00.000Z"]);
  t.deepEqual(neighbours("2026-12"), { before: "2026-11", after: "2027-01" });
  t.is(monthOf("2026-13", new Date("2026-05-31T23:30:00Z"), "Europe/Berlin"), "2026-06");
});
