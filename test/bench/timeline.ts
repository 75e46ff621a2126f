import { existsSync } from "node:fs";
import { get, hangUp } from "./get.ts";
import { median, type Measure, type Reading } from "./measure.ts";
import { Site } from "./site.ts";

const isThere = existsSync(new URL("../../plugins/timeline/plugin.ts", import.meta.url));
const [items, follows, followers] = [1_000_000, 1_000, 10_000];

/** The timeline of somebody who follows 1,000, and a post that goes to 10,000 followers. */
export const measure: Measure = {
  name: "timeline",
  about: "Pages of 40 of a timeline with 1,000,000 items and 1,000 followed; publishing to 10,000 followers here.",
  async run({ isQuick, say }) {
    if (!isThere) return [];
    const many = isQuick ? items / 10 : items;
    const site = await Site.open(20);
    try {
      say(`filling it with ${many} items …`);
      const cookie = await site.ask<string>({ ask: "timelines", items: many, follows, followers });
      const where = { port: site.port, host: `localhost:${site.installation.port}` };
      const timeOf = async (path: string) => {
        const from = performance.now();
        const { status, body } = await get({ ...where, path }, { cookie: `rk=${cookie}` });
        const took = performance.now() - from;
        const shown = body.toString().split("<article").length - 1;
        if (status !== 200 || shown !== 40) throw new Error(`${path} answers ${status} with ${shown} items`);
        return took;
      };
      // The first ones compile.
      for (let round = 0; round < 30; round++) await timeOf("/timeline");
      const readings: Reading[] = [];
      const rounds = isQuick ? 100 : 400;
      for (const [name, path] of [
        ["newest page", () => "/timeline"],
        ["a page far back", (at: number) => `/timeline?before=${1_000_000 + many - 1 - ((at * 11) % 4_900)}`],
        ["photos", () => "/photos"],
        ["profile", () => "/people/source-7.example"],
      ] as const) {
        const times = [];
        for (let round = 0; round < rounds; round++) times.push(await timeOf(path(round)));
        const p99 = times.toSorted((a, b) => a - b)[Math.floor(rounds * 0.99)]!;
        const note = `median ${median(times).toFixed(1)} ms; ${many} items, ${follows} followed`;
        readings.push({ name: `timeline, ${name}, p99`, value: p99, unit: "ms", target: { atMost: 20 }, note });
      }
      const [returned, visible]: [number[], number[]] = [[], []];
      for (let round = 0; round < (isQuick ? 3 : 10); round++) {
        const took = await site.ask<{ returned: number; visible: number }>({ ask: "publish-to", followers });
        returned.push(took.returned);
        visible.push(took.visible);
      }
      readings.push(
        { name: `publish to ${followers} followers, returned`, value: Math.max(...returned), unit: "ms", target: { atMost: 30 } },
        {
          name: `publish to ${followers} followers, visible to all`,
          value: Math.max(...visible) / 1000,
          unit: "s",
          target: { atMost: 5 },
        },
      );
      return readings;
    } finally {
      hangUp();
      await site.close();
    }
  },
};
