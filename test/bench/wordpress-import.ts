import { join } from "node:path";
import { pssOf } from "./child.ts";
import type { Measure, Reading } from "./measure.ts";
import { Site } from "./site.ts";
import { writeWxr } from "./wxr-file.ts";

/** WordPress exports of two sizes through the importer into a running server, with the memory they take. */
export const measure: Measure = {
  name: "import",
  about: "Import WordPress exports without media: posts a second, and memory at two sizes of file.",
  async run({ isQuick, say }) {
    const readings: Reading[] = [];
    const highest: number[] = [];
    for (const megabytes of isQuick ? [2, 10] : [10, 100]) {
      say(`an export of ${megabytes} MB …`);
      const { rate, posts, peak, idle } = await importOne(megabytes);
      highest.push(peak);
      const note = `${posts} posts; memory at most ${peak.toFixed(0)} MB, before ${idle.toFixed(0)}`;
      readings.push({ name: `import of ${megabytes} MB`, value: rate, unit: "posts/s", target: { atLeast: 1500 }, note });
    }
    const growth = highest[1]! / highest[0]!;
    const note = `${highest[0]!.toFixed(0)} and ${highest[1]!.toFixed(0)} MB at most`;
    return [
      ...readings,
      { name: "import, memory of the large file to the small", value: growth, unit: "×", target: { atMost: 1.2 }, note },
    ];
  },
};

async function importOne(megabytes: number) {
  const site = await Site.open(0);
  const pid = site.server.process.pid!;
  try {
    const file = join(site.installation.folder, "export.xml");
    const written = await writeWxr(file, megabytes * 1_000_000);
    const idle = pssOf(pid);
    let peak = idle;
    const watch = setInterval(() => (peak = Math.max(peak, pssOf(pid))), 100);
    const { seconds, posts } = await site
      .ask<{ seconds: number; posts: number }>({ ask: "import", file })
      .finally(() => clearInterval(watch));
    if (posts !== written) throw new Error(`Of ${written} posts ${posts} came in`);
    return { rate: posts / seconds, posts, peak, idle };
  } finally {
    await site.close();
  }
}
