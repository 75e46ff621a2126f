import { get, hangUp } from "./get.ts";
import { median, type Measure } from "./measure.ts";
import { Site } from "./site.ts";

const [posts, blogs] = [100_000, 1_000];
// The frame alone, with nothing asked of posts, files or people: what the others are compared with.
const bare = "/keys";
const wanted: readonly (readonly [name: string, path: string])[] = [
  ["home", "/"],
  ["posts", "/b/HOST/posts"],
  ["posts, far back", "/b/HOST/posts?year=2010"],
  ["posts, search", "/b/HOST/posts?q=swifts"],
  ["posts, search in vain", "/b/HOST/posts?q=ostrich"],
  ["drafts", "/b/HOST/posts?tab=drafts"],
  ["post", "/b/HOST/posts/POST"],
  ["edit", "/b/HOST/posts/POST/edit"],
  ["media", "/b/HOST/media"],
  ["categories", "/b/HOST/categories"],
  ["find", "/find?q=swifts"],
  ["find in vain", "/find?q=ostrich"],
  ["people", "/admin/people"],
  ["people, search", "/admin/people?q=lee"],
  ["blogs", "/admin/blogs"],
  ["blogs, search", "/admin/blogs?q=lee"],
  ["log", "/admin/log"],
  ["jobs", "/admin/jobs"],
  ["health", "/admin"],
];

/** Pages of the dashboard on an installation that has been used for long. */
export const measure: Measure = {
  name: "dashboard",
  about: "Pages of the dashboard with 100,000 posts and 1,000 blogs: time of the server for each.",
  async run({ isQuick, say }) {
    const site = await Site.open(isQuick ? posts / 10 : posts);
    try {
      const { cookie, post } = await site.ask<{ cookie: string; post: string }>({
        ask: "town",
        count: isQuick ? blogs / 10 : blogs,
      });
      const blogHost = site.installation.host.split(":")[0]!;
      const where = { port: site.port, host: `localhost:${site.installation.port}` };
      const timeOf = async (path: string) => {
        const times: number[] = [];
        for (let round = 0; round < (isQuick ? 6 : 16); round++) {
          const from = performance.now();
          const { status } = await get({ ...where, path }, { cookie: `rk=${cookie}` });
          if (status !== 200) throw new Error(`${path} answers ${status}`);
          // The first one compiles.
          if (round > 0) times.push(performance.now() - from);
        }
        return median(times);
      };
      const frame = await timeOf(bare);
      const readings = [];
      for (const [name, path] of wanted) {
        const value = await timeOf(path.replace("HOST", blogHost).replace("POST", post));
        say(`  ${name}: ${value.toFixed(1)} ms`);
        const note = `${(value / frame).toFixed(1)} × a page of the frame alone`;
        readings.push({ name: `dashboard, ${name}`, value, unit: "ms", target: { atMost: 50 }, note });
      }
      return readings;
    } finally {
      hangUp();
      await site.close();
    }
  },
};
