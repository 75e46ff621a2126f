import test from "ava";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testBlog } from "../../core/render/testing.ts";
import { checkTheme } from "../../core/render/theme-check/check-theme.ts";
import { bundledThemes, Themes } from "../../core/render/themes/themes.ts";
import { blocksOf } from "./markdown.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const port = join(root, "docs/theming/port");
const page = readFileSync(join(port, "index.md"), "utf8");

test("the ported theme passes the checker without a finding", (t) => {
  t.deepEqual(checkTheme(join(port, "wren"), new Themes({ bundled: bundledThemes, installed: "" })), []);
});

test("what the page of the port quotes stands in the theme's files, and the files that it names are there", (t) => {
  const quoted = blocksOf(page).filter(({ file }) => file !== "");
  t.true(quoted.length > 4);
  for (const { file, text } of quoted) t.true(readFileSync(join(root, file), "utf8").includes(text.trimEnd()), file);
  for (const [, name] of page.matchAll(/^\|[^|]*\| `((?:templates|locales)\/[^`]+)`/gm))
    t.true(existsSync(join(port, "wren", name!)), name);
});

test("the ported theme draws a blog, with its list of photos and without falling back", async (t) => {
  const blog = await testBlog(t, { installed: port, blog: { theme: "wren" } });
  const photo = { url: "https://kim.example/media/1.jpg", alt: "A heron", width: 800, height: 600 };
  const { path } = await blog.post({ title: "Herons", content: "They wait." });
  await blog.post({ photos: [photo] });

  const home = await blog.get("/");
  t.deepEqual(home.fallbacks, []);
  t.regex(home.html ?? "", /\/assets\/wren\/[^"]+\/wren\.css[^]*<p class="stamp"><a class="u-url u-uid"/);
  t.regex((await blog.get(path)).html ?? "", /<h1 class="p-name">Herons<\/h1>/);
  t.regex((await blog.get("/photos")).html ?? "", /<ul class="nest">\s*<li><a href="[^"]+"><img[^>]* alt="A heron"/);
});
