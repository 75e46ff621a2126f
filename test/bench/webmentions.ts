import { existsSync } from "node:fs";
import { createServer, request, Agent } from "node:http";
import type { AddressInfo } from "node:net";
import { processorTimeOf } from "./child.ts";
import { median, type Measure, type Reading } from "./measure.ts";
import { Site } from "./site.ts";

const isThere = existsSync(new URL("../../plugins/webmention/plugin.ts", import.meta.url));
// Loopback is what a test machine has: the sources stand on many addresses of it, and their senders come from many behind a proxy.
const env = { ROOKERY_PRIVATE_NETWORK: "allow", ROOKERY_TRUST_PROXY: "127.0.0.1" };

type Sent = { readonly at: number; readonly source: string; readonly target: string };

/** A thousand webmentions at once: how fast they are taken, and what a reader notices while they are looked at. */
export const measure: Measure = {
  name: "webmentions",
  about: "1,000 webmentions in a burst: taken in, and looked at while readers read.",
  async run({ isQuick, say }) {
    if (!isThere) return [];
    const count = isQuick ? 300 : 1_000;
    const site = await Site.open(20, { env });
    const sources = await startSources();
    try {
      const target = await site.ask<string>({ ask: "publish", text: "Everybody answers this" });
      const page = () => site.load({ path: "/", milliseconds: 1_000 });
      await page();
      const before = await rates(3, page);
      say(`${count} webmentions …`);
      const all = Array.from({ length: count }, (_, at) => ({
        at,
        source: `http://127.0.${1 + (at % 100)}.1:${sources.port}/${at}`,
        target,
      }));
      const workedBefore = processorTimeOf(site.server.process.pid!);
      const from = performance.now();
      await sendAll(site, all);
      const took = (performance.now() - from) / 1000;
      const worked = processorTimeOf(site.server.process.pid!) - workedBefore;
      const during: number[] = [];
      let state = await site.ask<{ waiting: number; shown: number }>({ ask: "webmentions" });
      while (state.waiting > 0) {
        during.push((await page()).perSecond);
        state = await site.ask({ ask: "webmentions" });
      }
      const done = (performance.now() - from) / 1000;
      if (state.shown < count) throw new Error(`Only ${state.shown} of ${count} webmentions became replies`);
      const after = await rates(3, page);
      const quiet = median([...before, ...after]);
      const busy = during.length > 0 ? during.reduce((sum, one) => sum + one, 0) / during.length : quiet;
      const note = `${busy.toFixed(0)} pages/s while, ${quiet.toFixed(0)} before and after; all shown after ${done.toFixed(1)} s`;
      const readings: Reading[] = [
        {
          name: `${count} webmentions taken`,
          value: took,
          unit: "s",
          target: { atMost: 5 * (count / 1_000) },
          note: `the server worked for ${(worked / 1000).toFixed(1)} s`,
        },
        { name: "page views while they are looked at", value: busy / quiet, unit: "×", target: { atLeast: 0.8 }, note },
      ];
      return readings;
    } finally {
      sources.close();
      await site.close();
    }
  },
};

async function rates(rounds: number, page: () => Promise<{ perSecond: number }>): Promise<number[]> {
  const found: number[] = [];
  for (let round = 0; round < rounds; round++) found.push((await page()).perSecond);
  return found;
}

// Pages that answer the post their query names.
async function startSources(): Promise<{ port: number; close: () => void }> {
  let target = "";
  const server = createServer((asked, response) => {
    if (asked.method === "POST") target = String(asked.headers["x-target"]);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<div class="h-entry"><a class="p-author h-card" href="/">Lee ${asked.url}</a><a class="u-in-reply-to" href="${target}">re</a><div class="e-content">${"A few words. ".repeat(20)}</div></div>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => (server.closeAllConnections(), void server.close()) };
}

async function sendAll(site: Site, all: readonly Sent[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const [first] = all;
  if (first) await fetch(first.source, { method: "POST", headers: { "x-target": first.target } });
  const rest = [...all];
  const lane = async () => {
    for (let one = rest.shift(); one; one = rest.shift()) {
      const status = await send(site, agent, one);
      if (status !== 201) throw new Error(`A webmention was answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  agent.destroy();
}

function send(site: Site, agent: Agent, { at, source, target }: Sent): Promise<number> {
  const body = new URLSearchParams({ source, target }).toString();
  const headers = {
    host: site.installation.host,
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
    "x-forwarded-for": `192.0.2.${1 + (at % 100)}`,
  };
  return new Promise((resolve, reject) => {
    const asked = request(
      { agent, host: "127.0.0.1", port: site.port, path: "/webmention", method: "POST", headers },
      (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    asked.once("error", reject).end(body);
  });
}
