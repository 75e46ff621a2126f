import { existsSync } from "node:fs";
import { databases, bareDatabase } from "../../core/storage/testing.ts";
import { get, hangUp } from "./get.ts";
import { median, type BenchOptions, type Measure, type Reading } from "./measure.ts";
import { Site } from "./site.ts";

const isThere = existsSync(new URL("../../plugins/timeline/plugin.ts", import.meta.url));
const [items, follows, followers] = [1_000_000, 1_000, 10_000];

/** The timeline of somebody who follows 1,000, and a post that goes to 10,000 followers, on SQLite and, where there is one, MariaDB. */
export const measure: Measure = {
  name: "timeline",
  about: "Pages of 40 of a timeline with 1,000,000 items and 1,000 followed; publishing to 10,000 followers here.",
  async run(options) {
    if (!isThere) return [];
    const readings = [];
    for (const dialect of databases) {
      const teardowns: (() => unknown)[] = [];
      const url = await bareDatabase({ teardown: (work) => teardowns.push(work) }, dialect);
      // SQLite lies where the installation does.
      const site = await Site.open(20, { env: dialect === "mysql" ? { DATABASE_URL: url } : {} });
      const about = dialect === "mysql" ? "timeline on MariaDB" : "timeline";
      try {
        readings.push(...(await measured(site, options, about)));
      } finally {
        hangUp();
        await site.close();
        for (const work of teardowns) await work();
      }
    }
    return readings;
  },
};

async function measured(site: Site, { isQuick, say }: BenchOptions, about: string): Promise<readonly Reading[]> {
  const many = isQuick ? items / 10 : items;
  say(`${about}: filling it with ${many} items …`);
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
    ["start page", () => "/"],
  ] as const) {
    const times = [];
    const before = await site.ask<number>({ ask: "cpu" });
    for (let round = 0; round < rounds; round++) times.push(await timeOf(path(round)));
    const busy = ((await site.ask<number>({ ask: "cpu" })) - before) / rounds;
    const p99 = times.toSorted((a, b) => a - b)[Math.floor(rounds * 0.99)]!;
    const note = `median ${median(times).toFixed(1)} ms, processor ${busy.toFixed(1)} ms; ${many} items, ${follows} followed`;
    readings.push({ name: `${about}, ${name}, p99`, value: p99, unit: "ms", target: { atMost: 20 }, note });
  }
  const [returned, visible]: [number[], number[]] = [[], []];
  for (let round = 0; round < (isQuick ? 3 : 10); round++) {
    const took = await site.ask<{ returned: number; visible: number }>({ ask: "publish-to", followers });
    returned.push(took.returned);
    visible.push(took.visible / 1000);
  }
  const what = `${about}, publish to ${followers} followers`;
  return [
    ...readings,
    { name: `${what}, returned`, value: Math.max(...returned), unit: "ms", target: { atMost: 30 } },
    { name: `${what}, visible to all`, value: Math.max(...visible), unit: "s", target: { atMost: 5 } },
  ];
}
