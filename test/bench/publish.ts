import type { Child } from "./child.ts";
import { get, hangUp } from "./get.ts";
import { median, type Measure, type Reading } from "./measure.ts";
import { Site } from "./site.ts";
import { startBare } from "./uncached-page.ts";

/** From the publish door to a reader who sees the post, while the blog grows. */
export const measure: Measure = {
  name: "publish",
  about: "Publish a post and see it on the home page over HTTP, on blogs of 100, 10,000 and 100,000 posts.",
  async run({ isQuick, say }) {
    const sizes = isQuick ? [100, 10_000] : [100, 10_000, 100_000];
    const site = await Site.open(100);
    const bare = await startBare(site, 100);
    const readings: Reading[] = [];
    try {
      let there = 100;
      const medians: number[] = [];
      for (const size of sizes) {
        say(`a blog of ${size} posts …`);
        if (size > there) {
          await site.ask({ ask: "seed", from: there, until: size });
          await bare.child.ask({ seed: [there, size] });
        }
        there = size;
        const rounds = isQuick ? 30 : 100;
        const where = { port: site.port, host: site.installation.host, path: "/" };
        const ours = await timesOf(rounds, where, (text) => site.ask({ ask: "publish", text }));
        const theirs = await timesOf(rounds, { ...where, port: bare.port }, (text) => askBare(bare.child, text));
        medians.push(median(ours));
        const note = `slowest ${Math.max(...ours).toFixed(1)} ms; bare program ${median(theirs).toFixed(2)} ms`;
        readings.push({
          name: `publish to visible, ${size} posts`,
          value: median(ours),
          unit: "ms",
          target: { atMost: 15 },
          note,
        });
      }
      const growth = medians.at(-1)! / medians[0]!;
      readings.push({ name: `publish, ${sizes.at(-1)} posts to 100`, value: growth, unit: "×", target: { atMost: 1.3 } });
      return readings;
    } finally {
      hangUp();
      await bare.child.stop();
      await site.close();
    }
  },
};

function askBare(child: Child, text: string): Promise<unknown> {
  return child.ask({ publish: text });
}

/** Milliseconds from asking for a post to having a page that shows it. */
async function timesOf(
  rounds: number,
  where: { port: number; host: string; path: string },
  publish: (text: string) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = -5; round < rounds; round++) {
    const text = `Seen at ${performance.now()} by the weir`;
    const from = performance.now();
    await publish(text);
    const page = await get(where);
    if (round >= 0) times.push(performance.now() - from);
    if (!page.body.includes(text)) throw new Error("A post that was published is not on the next home page");
  }
  return times;
}
