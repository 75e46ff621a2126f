import test from "ava";
import { renderPage } from "../render-page.ts";
import { testBlog, testFolder, themeJson } from "../testing.ts";

const month =
  '{% set month = calendar("2026", 5) %}{{ month.label }} {{ month.url }}\n' +
  "{% for one in month.weekdays %}{{ one.label }}/{{ one.short }} {% endfor %}\n" +
  "{% for week in month.weeks %}{% for day in week %}{{ day.day if day else '-' }}{{ '!' if day.isToday }}{{ '=' ~ day.url if day.url }} {% endfor %}\n{% endfor %}";

function nest(template: string) {
  return { "nest/theme.json": themeJson("nest"), "nest/templates/index.njk": template };
}

test("calendar() gives a month in weeks, in the blog's language and zone, whose days with posts lead to them", async (t) => {
  const installed = testFolder(t, nest(month));
  const blog = await testBlog(t, { installed, blog: { theme: "nest", language: "de", timeZone: "Europe/Berlin" } });
  // Already the first of May in Berlin.
  await blog.post({ content: "x", publishedAt: "2026-04-30T23:30:00.000Z" });

  const lines = ((await blog.get("/")).html ?? "").split("\n");

  t.is(lines[0], "Mai 2026 https://kim.example/2026/05");
  t.is(lines[1]?.split(" ")[0], "Montag/Mo");
  t.regex(lines[2] ?? "", /^- - - - 1!=https:\/\/kim\.example\/2026\/05#d2026-05-01 2 3 $/);
  t.regex(lines[6] ?? "", /^25 26 27 28 29 30 31 $/);
});

test("only public, listed posts stand in a calendar", async (t) => {
  const blog = await testBlog(t, { installed: testFolder(t, nest(month)), blog: { theme: "nest" } });
  await blog.post({ content: "x", publishedAt: "2026-05-01T08:00:00.000Z" });
  await blog.post({ content: "x", publishedAt: "2026-04-30T08:00:00.000Z" });
  await blog.post({ content: "x", publishedAt: "2026-05-01T09:00:00.000Z", visibility: "unlisted" });

  t.deepEqual((await blog.get("/")).html?.match(/#d[\d-]+/g), ["#d2026-05-01"]);
});

test("the days of a month are asked for once until the blog changes", async (t) => {
  const blog = await testBlog(t, { installed: testFolder(t, nest(month)), blog: { theme: "nest" } });
  await blog.post({ content: "x", publishedAt: "2026-05-01T08:00:00.000Z" });
  let asked = 0;
  const query: typeof blog.storage.query = (sql, values) => {
    if (sql.includes("day_0")) asked++;
    return blog.storage.query(sql, values);
  };
  // A class with private fields: what is not replaced must run on the storage itself.
  const storage = new Proxy(blog.storage, {
    get(target, key) {
      if (key === "query") return query;
      const value = Reflect.get(target, key) as unknown;
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const page = () => renderPage({ ...blog.scope, storage }, blog.themes, { path: "/", query: new URLSearchParams() });

  const pages = [await page(), await page()];
  t.is(asked, 1);
  t.deepEqual(
    pages.map(({ html }) => html?.match(/#d[\d-]+/g)),
    [["#d2026-05-01"], ["#d2026-05-01"]],
  );

  await blog.post({ content: "x", publishedAt: "2026-05-01T09:00:00.000Z" });
  await page();
  t.is(asked, 2);
});

test("what is no month has no calendar", async (t) => {
  const wrong = ["2026, 13", "2026, 0", "none, none", "'x', 'y'", "posts, blog", "99999, 1"];
  const template = wrong.map((one) => `{{ "none" if calendar(${one}) is none }}`).join(" ");
  const { get } = await testBlog(t, { installed: testFolder(t, nest(template)), blog: { theme: "nest" } });

  t.is((await get("/")).html, wrong.map(() => "none").join(" "));
});
