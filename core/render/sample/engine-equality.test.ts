import test from "ava";
import { prepared, type Prepared } from "../draw.ts";
import { render, type TemplateError } from "../theme-engine/engine.ts";
import { bundledThemes, Themes } from "../themes/themes.ts";
import { sampleDrawing } from "./draw-sample.ts";
import { samplePages } from "./sample-pages.ts";
import { stockRender } from "./stock-nunjucks.testing.ts";

const themes = new Themes({ bundled: bundledThemes, installed: "" });

// Stock nunjucks compiles as it goes, and a machine may be busy: here only the bytes count.
const unhurried = (page: Prepared): Prepared => ({ ...page, environment: { ...page.environment, elapsed: () => 0 } });

for (const theme of themes.list()) {
  if ("problem" in theme) continue;
  const chain = themes.chain(theme.id);
  test(`${theme.id}: every page is the same in our interpreter and in stock nunjucks, byte by byte`, (t) => {
    for (const page of samplePages(chain)) {
      const report = (error: TemplateError) => t.fail(`${page.name}: ${error.template}:${error.line} ${error.message}`);
      // Functions remember what they printed (the first picture), so each side gets its own.
      const [one, other] = [sampleDrawing(page, chain, { report }), sampleDrawing(page, chain, { report })];
      const names = page.content.templates.map((name) => `${name}.njk`);
      const template = one.chain.first(names, report);
      if (!template) return t.fail(`${page.name} has no template`);
      const own = unhurried(prepared(one));
      const markup = render(template, own.context, own.environment);
      t.is(stockRender(template.name.slice(template.name.indexOf("/") + 1), unhurried(prepared(other))), markup, page.name);
    }
  });
}
