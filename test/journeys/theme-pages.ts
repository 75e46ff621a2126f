import { samplePages, type SamplePage } from "../../core/render/sample/sample-pages.ts";
import { bundledThemes, Themes } from "../../core/render/themes/themes.ts";
import { BenchServer } from "../../core/web/theme-bench/bench-server.ts";

type Teardown = { teardown(work: () => unknown): void };

const themes = new Themes({ bundled: bundledThemes, installed: "" });

/** Ids of the themes that a blog can choose, as found in the folder: a new one is looked at by itself. */
export const visibleThemes: readonly string[] = themes
  .list()
  .filter((theme) => "problem" in theme || !theme.manifest.isHidden)
  .map(({ id }) => id);

/** A page of the sample blog in a theme, at the address where it is served. */
export type ServedPage = SamplePage & { readonly url: string };

/** One page of each kind: every reader comes to see these. */
export const usualKinds: readonly string[] = [
  "home",
  "note",
  "article",
  "code and a table",
  "photo",
  "photo of four",
  "reply",
  "a page",
  "a category",
  "all posts",
  "a month",
  "a year",
  "posts of an author",
  "nothing there",
  "home of an empty blog",
  "home, right to left",
  "an article, right to left",
  "right to left",
];

/** Posts that are wider or longer than anybody expects. */
export const hardKinds: readonly string[] = ["a very long title", "one word without end", "twelve photos", "audio", "bookmark"];

/** Serves a theme on the sample blog, as `theme dev` does, with the policy that readers' pages have; gives pages by their names. */
export async function serveTheme(t: Teardown, id: string, names: readonly string[]): Promise<ServedPage[]> {
  const folder = themes.find(id)!.folder;
  const server = new BenchServer();
  t.teardown(() => server.close());
  const url = await server.listen(0, folder, themes);
  const all = samplePages(themes.chain(id), { url });
  return names.map((name) => {
    const at = all.findIndex((page) => page.name === name);
    if (at < 0) throw new Error(`The sample blog has no page “${name}”`);
    return { ...all[at]!, url: `${url}_theme/pages/${at + 1}` };
  });
}
