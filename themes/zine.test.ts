import test from "ava";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contrastOf } from "../core/render/style/colors.ts";
import { bundledThemes } from "../core/render/themes/themes.ts";

const sheet = readFileSync(join(bundledThemes, "zine", "assets", "pairs.css"), "utf8");
const manifest = JSON.parse(readFileSync(join(bundledThemes, "zine", "theme.json"), "utf8")) as {
  settings: { key: string; options?: { value: string }[] }[];
};
const pairs = manifest.settings.find(({ key }) => key === "pair")!.options!.map(({ value }) => value);
// What stands on a sticker, in both schemes.
const ink = "#140f2d";

for (const pair of pairs)
  test(`Zine, ${pair}: text, muted text, links, field borders and words on stickers keep their contrast in both schemes`, (t) => {
    const rules = new RegExp(`\\.pair-${pair} \\{([^}]*)\\}`).exec(sheet)![1]!;
    const colors = (name: string) => [...new RegExp(`--${name}:([^;]*);`).exec(rules)![1]!.matchAll(/#[0-9a-f]{6}/g)].map(String);
    for (const scheme of [0, 1])
      for (const ground of ["bg", "surface"]) {
        const on = (name: string) => contrastOf(colors(name)[scheme]!, colors(ground)[scheme]!);
        const found = { text: on("text"), muted: on("muted"), link: on("link"), field: on("field") };
        t.true(
          found.text >= 12.8 && found.muted >= 5.4 && found.link >= 5.6 && found.field >= 3.2,
          `${ground} ${scheme} ${JSON.stringify(found)}`,
        );
      }
    for (const sticker of ["pop-1", "pop-2", "pop-3"]) t.true(contrastOf(ink, colors(sticker)[0]!) >= 7, sticker);
  });

test("Zine: there are six pairs of page colours", (t) => {
  t.is(new Set(pairs).size, 6);
});
