import test from "ava";
import type { Blog } from "../core/hooks/values.ts";
import { testFolder, themeJson } from "../core/render/testing.ts";
import { bundledThemes, Themes } from "../core/render/themes/themes.ts";
import type { AdminHouse } from "./house.ts";
import { themeFacts } from "./theme-facts.ts";

test("places for menus and templates of pages have the names that their theme gives them in the reader's language", (t) => {
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest", {
      menus: { main: "Main", foot: "At the foot" },
      pageTemplates: [{ id: "broad", label: "Broad" }, { id: "bare" }],
    }),
    "nest/locales/de.json": '{"menus.foot": "Am Fuß", "pageTemplates.broad": "Breit"}',
    "twig/theme.json": themeJson("twig", { parent: "nest" }),
  });
  const house = { themes: new Themes({ bundled: bundledThemes, installed }) } as unknown as AdminHouse;
  const factsOf = (theme: string, language: string) => themeFacts({ house, language }, { theme } as Blog);

  t.deepEqual(factsOf("nest", "de-AT"), {
    menus: [
      { id: "main", label: "Main" },
      { id: "foot", label: "Am Fuß" },
    ],
    templates: [
      { id: "broad", label: "Breit" },
      { id: "bare", label: "bare" },
    ],
  });
  t.is(factsOf("nest", "fr").menus[1]?.label, "At the foot");
  t.is(factsOf("twig", "de").templates[0]?.label, "Breit");
});
