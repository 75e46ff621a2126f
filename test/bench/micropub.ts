import { existsSync } from "node:fs";
import { Agent, request } from "node:http";
import { run } from "./child.ts";
import { get, hangUp } from "./get.ts";
import { rookery, type Installation } from "./installation.ts";
import { median, type Measure } from "./measure.ts";
import { Site } from "./site.ts";

const isThere = existsSync(new URL("../../plugins/micropub/plugin.ts", import.meta.url));

/** From an app that sends a note to its 201, and to a reader who sees the note on the very next page. */
export const measure: Measure = {
  name: "micropub",
  about: "Send notes by Micropub and see each on the next home page, on a blog of 1,000 posts.",
  async run({ isQuick }) {
    if (!isThere) return [];
    const site = await Site.open(1_000);
    try {
      const token = await tokenOf(site.installation);
      const rounds = isQuick ? 30 : 200;
      const [answered, seen]: [number[], number[]] = [[], []];
      for (let round = -10; round < rounds; round++) {
        const text = `Sent at ${performance.now()} from the weir`;
        const from = performance.now();
        await send(site, token, text);
        const done = performance.now();
        const page = await get({ port: site.port, host: site.installation.host, path: "/" });
        if (!page.body.includes(text)) throw new Error("A note that was answered with 201 is not on the next home page");
        if (round < 0) continue;
        answered.push(done - from);
        seen.push(performance.now() - from);
      }
      const note = `slowest ${Math.max(...answered).toFixed(1)} ms`;
      return [
        { name: "note by Micropub to 201", value: median(answered), unit: "ms", target: { atMost: 30 }, note },
        { name: "note by Micropub to visible", value: median(seen), unit: "ms" },
      ];
    } finally {
      agent.destroy();
      hangUp();
      await site.close();
    }
  },
};

async function tokenOf({ env }: Installation): Promise<string> {
  const words = ["token", "create", "--username", "kim", "--scope", "create"];
  return (await run(process.execPath, [rookery, ...words], { env })).trim();
}

const agent = new Agent({ keepAlive: true });

function send(site: Site, token: string, content: string): Promise<void> {
  const body = new URLSearchParams({ h: "entry", content }).toString();
  const headers = {
    host: site.installation.host,
    authorization: `Bearer ${token}`,
    "content-type": "application/x-www-form-urlencoded",
    "content-length": String(Buffer.byteLength(body)),
  };
  return new Promise((resolve, reject) => {
    const asking = request(
      { agent, host: "127.0.0.1", port: site.port, method: "POST", path: "/micropub", headers },
      (response) => {
        response.resume();
        response.once("end", () =>
          response.statusCode === 201 ? resolve() : reject(new Error(`Answered ${response.statusCode}`)),
        );
      },
    );
    asking.once("error", reject).end(body);
  });
}
