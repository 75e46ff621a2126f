import type { Measure } from "./measure.ts";
import { Site } from "./site.ts";
import type { ThemeSpeed } from "./theme-pages.ts";

/** What each theme's pages cost, and what a thousand blogs with templates of their own take of memory. */
export const measure: Measure = {
  name: "themes",
  about: "Home pages of every theme inside the server, their templates alone, and 1,000 blogs with own templates.",
  async run({ isQuick }) {
    const site = await Site.open(200, { hasWorker: false });
    try {
      const speeds = await site.ask<readonly ThemeSpeed[]>({ ask: "themes", rounds: isQuick ? 100 : 500 });
      const pages = speeds.flatMap(({ theme, milliseconds, perSecond }) => [
        { name: `${theme}: home of 20 posts`, value: milliseconds, unit: "ms", target: { atMost: 2 } },
        { name: `${theme}: its templates alone`, value: perSecond, unit: "pages/s", target: { atLeast: 2500 } },
      ]);
      const blogs = isQuick ? 200 : 1000;
      const { megabytes } = await site.ask<{ megabytes: number }>({ ask: "own-templates", blogs });
      const memory = { name: `${blogs} blogs with 5 own templates`, value: megabytes, unit: "MB", target: { atMost: 150 } };
      return [...pages, { ...memory, note: "beyond as many without" }];
    } finally {
      await site.close();
    }
  },
};
