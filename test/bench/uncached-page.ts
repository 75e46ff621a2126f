import { join } from "node:path";
import { Child } from "./child.ts";
import { get, hangUp } from "./get.ts";
import { median, type Measure } from "./measure.ts";
import { Site } from "./site.ts";

// An address with a query that no page knows shows the home page and is never kept: the way around the cache that anybody has.
const uncached = "/?bench";
const posts = 2000;

/** A home page of 20 posts made anew for every request, against a bare program that makes the same page. */
export const measure: Measure = {
  name: "uncached",
  about: "A home page of 20 posts without the cache, compared with node:http + node:sqlite + string concatenation.",
  async run({ isQuick }) {
    const site = await Site.open(posts);
    const bare = await startBare(site, posts);
    try {
      const ours: number[] = [];
      const theirs: number[] = [];
      await site.load({ path: uncached, milliseconds: 2500 });
      await site.load({ path: "/", port: bare.port, milliseconds: 1000 });
      for (let round = 0; round < (isQuick ? 3 : 7); round++) {
        theirs.push((await site.load({ path: "/", port: bare.port, milliseconds: 1000 })).perSecond);
        ours.push((await site.load({ path: uncached, milliseconds: 1500 })).perSecond);
      }
      const ratio = median(ours.map((rate, at) => rate / theirs[at]!));
      const note = `${median(ours).toFixed(0)} pages/s of ${bare.bytes} bytes; bare program ${median(theirs).toFixed(0)} of ${bare.itsBytes}`;
      return [{ name: "uncached home, 20 posts", value: ratio, unit: "× bare", target: { atLeast: 0.25 }, note }];
    } finally {
      hangUp();
      await bare.child.stop();
      await site.close();
    }
  },
};

/** Starts the bare program with as many posts, and with what stands around the posts on our page. */
export async function startBare(site: Site, count: number) {
  const page = (await get({ port: site.port, host: site.installation.host, path: uncached })).body.toString();
  const articles = page.split("</article>");
  if (articles.length !== 21) throw new Error(`The home page shows ${articles.length - 1} posts, not 20`);
  const at = page.indexOf('<p class="day">');
  const end = page.lastIndexOf("</article>") + "</article>\n".length;
  if (at < 0) throw new Error("The home page has no day above its posts");
  const frame = { head: page.slice(0, at), foot: page.slice(end), url: `http://${site.installation.host}` };
  const file = join(site.installation.folder, "bare.sqlite");
  const { child, ready: port } = await Child.start<number>("bare-program.ts", { file, frame });
  await child.ask({ seed: [0, count] });
  const itsBytes = (await get({ port, host: "localhost", path: "/" })).body.byteLength;
  return { child, port, bytes: Buffer.byteLength(page), itsBytes };
}
