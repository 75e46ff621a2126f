import { median, type Measure } from "./measure.ts";
import { Site } from "./site.ts";

/** How fast the render door draws the default theme's home page, and the queue its jobs, without HTTP. */
export const measure: Measure = {
  name: "rendering",
  about: "Pages of Perch's home a second inside the server, and jobs a second.",
  async run({ isQuick }) {
    const site = await Site.open(200, { hasWorker: false });
    try {
      const pages: number[] = [];
      await site.ask({ ask: "render", milliseconds: 2000 });
      for (let round = 0; round < (isQuick ? 3 : 7); round++)
        pages.push(await site.ask<number>({ ask: "render", milliseconds: 1000 }));
      const seeding = await site.ask<number>({ ask: "seed", from: 200, until: isQuick ? 2200 : 5200 });
      const jobs = await site.ask<number>({ ask: "jobs", count: isQuick ? 300 : 1000 });
      return [
        { name: "rendering Perch's home", value: median(pages), unit: "pages/s", note: "with its queries; 2500 is for later" },
        { name: "publish door, batches of 100", value: seeding, unit: "posts/s" },
        { name: "queue, empty jobs one by one", value: jobs, unit: "jobs/s" },
      ];
    } finally {
      await site.close();
    }
  },
};
