import { existsSync } from "node:fs";
import { Child, processorTimeOf, pssOf } from "./child.ts";
import type { FeedServerQuestion } from "./feed-server.ts";
import type { Measure, Reading } from "./measure.ts";
import { Site } from "./site.ts";

const isThere = existsSync(new URL("../../plugins/sources/plugin.ts", import.meta.url));
// The feeds stand on this machine, each on a host of its own.
const env = { ROOKERY_PRIVATE_NETWORK: "allow" };

/** Feeds of as many hosts, asked for the first time and once more, by a server whose memory is watched; and how fast feeds are read. */
export const measure: Measure = {
  name: "sources",
  about: "10,000 followed feeds polled against a local server, twice; parsing of feeds of 100 KB.",
  async run({ isQuick, say }) {
    if (!isThere) return [];
    const count = isQuick ? 60 : 10_000;
    const { child: feeds, ready: port } = await Child.start<number>("feed-server.ts", null);
    const site = await Site.open(0, { env });
    const pid = site.server.process.pid!;
    let peak = pssOf(pid);
    const watch = setInterval(() => (peak = Math.max(peak, pssOf(pid))), 250);
    try {
      await site.ask({ ask: "feeds", count, port });
      const readings: Reading[] = [];
      for (const [round, name] of ["first time", "once more"].entries()) {
        say(`${count} feeds, ${name} …`);
        await feeds.ask<number>({ ask: "round", round } satisfies FeedServerQuestion);
        const before = processorTimeOf(pid);
        const { took: milliseconds, problems } = await site.ask<{ took: number; problems: string }>({ ask: "poll", count });
        const took = milliseconds / 1_000;
        const worked = (processorTimeOf(pid) - before) / 1_000;
        const target = { atMost: 300 * (count / 10_000) };
        const note = `the server worked for ${worked.toFixed(1)} s; ${(count / took).toFixed(0)} feeds/s${problems && `; not read: ${problems}`}`;
        readings.push({ name: `${count} feeds, ${name}`, value: took, unit: "s", target, note });
      }
      readings.push({ name: "memory while polling, highest", value: peak, unit: "MB", target: { atMost: 300 } });
      const many = isQuick ? 60 : 2_000;
      const before = processorTimeOf(pid);
      const rate = await site.ask<number>({ ask: "parse", count: many });
      // On a busy machine this says more than the clock does.
      const note = `${((processorTimeOf(pid) - before) / many).toFixed(1)} ms of processor time each`;
      readings.push({ name: "feeds of 100 KB parsed", value: rate, unit: "feeds/s", target: { atLeast: 200 }, note });
      return readings;
    } finally {
      clearInterval(watch);
      await feeds.stop();
      await site.close();
    }
  },
};
