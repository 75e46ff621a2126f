import { Child, processorTimeOf } from "./child.ts";
import { get, hangUp } from "./get.ts";
import { median, type Measure, type Reading } from "./measure.ts";
import { Site } from "./site.ts";

/** A page from memory, against Node's own server sending the same bytes under the same headers. */
export const measure: Measure = {
  name: "cached",
  about: "A cached page, compared with a raw node:http server sending the same bytes.",
  async run({ isQuick, say }) {
    const site = await Site.open(100);
    try {
      const variants: [string, string[]][] = [
        ["cached home", []],
        ["cached home, compressed", ["Accept-Encoding: gzip, br"]],
      ];
      const readings: Reading[] = [];
      for (const [name, headers] of variants) {
        say(`${name} …`);
        readings.push(...(await compare(site, name, { headers, rounds: isQuick ? 3 : 7 })));
      }
      return readings;
    } finally {
      hangUp();
      await site.close();
    }
  },
};

async function compare(site: Site, name: string, { headers, rounds }: { headers: string[]; rounds: number }): Promise<Reading[]> {
  const where = { port: site.port, host: site.installation.host, path: "/" };
  const page = await get(where, Object.fromEntries(headers.map((line) => line.toLowerCase().split(": ") as [string, string])));
  // What Node adds by itself, it adds to the raw server's answer too.
  const own = page.headers.flatMap((key, at) =>
    at % 2 === 0 && !/^(date|connection|keep-alive)$/i.test(key) ? [key, page.headers[at + 1]!] : [],
  );
  const { child: raw, ready: rawPort } = await Child.start<number>("raw-server.ts", {
    headers: own,
    body: page.body.toString("base64"),
  });
  const [ratios, ours, theirs, busy]: number[][] = [[], [], [], []];
  const load = (port: number, milliseconds: number) => site.load({ path: "/", port, headers, milliseconds });
  await load(site.port, 1000);
  await load(rawPort, 1000);
  for (let round = 0; round < rounds; round++) {
    const theirRate = (await load(rawPort, 1000)).perSecond;
    const before = processorTimeOf(site.server.process.pid!);
    const ourRate = (await load(site.port, 1000)).perSecond;
    busy!.push((processorTimeOf(site.server.process.pid!) - before) / 10);
    ours!.push(ourRate);
    theirs!.push(theirRate);
    ratios!.push(ourRate / theirRate);
  }
  await raw.stop();
  const note = `${median(ours!).toFixed(0)} pages/s of ${page.body.byteLength} bytes; raw ${median(theirs!).toFixed(0)}; our server ${median(busy!).toFixed(0)} % busy`;
  return [{ name, value: median(ratios!), unit: "× raw", target: { atLeast: 0.85 }, note }];
}
