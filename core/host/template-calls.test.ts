import test from "ava";
import { createTestHost } from "../testing/test-host.ts";
import { saveOwnCopy } from "../render/overrides/save-copy.ts";
import { definePlugin, manifestProblem } from "./define-plugin.ts";
import type { Plugin } from "./manifest.ts";

const about = { id: "word-play", name: "Words", description: "Plays.", version: "1.0.0", api: 1 } as const;
const loud = { about: "Louder.", takes: { value: "text" }, run: (value: string) => value.toUpperCase() } as const;

test("templates call what an active plugin brings by its id", async (t) => {
  const host = await createTestHost(t, { plugins: [definePlugin({ ...about, filters: { loud } })] });
  await saveOwnCopy(host.scope(), host.house.themes, { template: "home", source: '{{ "hey" | word_play_loud }}' });

  t.is((await host.get("/")).text, "HEY");
});

for (const [what, plugin, sentence] of [
  ["a name that is none", { filters: { "a-b": loud } }, /cannot call “a-b”/],
  ["no sentence about it", { functions: { loud: { ...loud, about: "" } } }, /says nothing/],
  ["an argument of an unknown type", { filters: { loud: { ...loud, takes: { value: "date" } } } }, /must be a text/],
  ["a filter of nothing", { filters: { loud: { ...loud, takes: {} } } }, /before the bar/],
] as const)
  test(`a plugin with ${what} is refused`, (t) => {
    t.regex(manifestProblem({ ...about, ...plugin } as unknown as Plugin) ?? "", sentence);
  });
