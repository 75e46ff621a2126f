import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { makeBlogWithOwner } from "../../core/blogs/blogs.ts";
import { accountById } from "../../core/people/accounts.ts";
import { originalOf } from "../../core/render/overrides/originals.ts";
import { saveOwnCopy } from "../../core/render/overrides/save-copy.ts";
import { renderPage } from "../../core/render/render-page.ts";
import type { Blog } from "../../core/hooks/values.ts";
import type { House } from "../../core/house.ts";
import { ownerScope } from "./house.ts";

const copied = ["home", "index", "partials/stream", "partials/entry", "partials/footer"];

/** What `blogs` blogs with five own templates each take of memory beyond as many without any, all their home pages drawn. */
export async function ownTemplates(house: House, blogs: number): Promise<{ megabytes: number; seconds: number }> {
  const first = await ownerScope(house);
  const owner = (await accountById(house.storage, first.blog!.ownerId))!;
  const made: Blog[] = [];
  await house.storage.write(async (db) => {
    for (let at = 0; at < blogs; at++) {
      const wanted = { name: `blog${at}`, title: `Blog ${at}`, language: "en", timeZone: "UTC", ownerId: owner.id };
      made.push(await makeBlogWithOwner(db, wanted, house.site, house.clock.now()));
    }
  });
  const draw = async () => {
    for (const blog of made) {
      const page = await renderPage(house.scope({ blog, via: "bench" }), house.themes, {
        path: "/",
        query: new URLSearchParams(),
      });
      if (page.status !== 200 || page.fallbacks.length > 0) throw new Error(`The home page of ${blog.host} cannot be drawn`);
    }
    return settled();
  };
  await draw();
  const before = await draw();
  for (const [at, blog] of made.entries()) {
    const scope = house.scopeOf(owner, blog, "bench");
    for (const template of copied) {
      const source = `${originalOf(house.themes, blog.theme, `${template}.njk`)}{# ${at} #}`;
      await saveOwnCopy(scope, house.themes, { template, source });
    }
  }
  const started = performance.now();
  const after = await draw();
  return { megabytes: (after - before) / 1_000_000, seconds: (performance.now() - started) / 1000 };
}

// What is still used, not what waits to be collected.
async function settled(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 3; round++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
