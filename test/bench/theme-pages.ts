import { renderPage } from "../../core/render/render-page.ts";
import { drawPage } from "../../core/render/draw.ts";
import { sampleDrawing } from "../../core/render/sample/draw-sample.ts";
import { samplePages } from "../../core/render/sample/sample-pages.ts";
import type { House } from "../../core/house.ts";
import { median } from "./measure.ts";
import { ownerScope } from "./house.ts";

/** Milliseconds a theme's home page takes inside the server, and how many a second its templates alone draw. */
export type ThemeSpeed = { readonly theme: string; readonly milliseconds: number; readonly perSecond: number };

/** The speed of every theme that can be chosen; the processor's time counts, so that others on the machine do not. */
export async function themeSpeeds(house: House, rounds: number): Promise<readonly ThemeSpeed[]> {
  const speeds: ThemeSpeed[] = [];
  for (const theme of house.themes.list())
    if (!("problem" in theme) && !theme.manifest.isHidden)
      speeds.push({
        theme: theme.id,
        milliseconds: await pageTime(house, theme.id, rounds),
        perSecond: 1000 / (await drawTime(house, theme.id, rounds)),
      });
  return speeds;
}

async function pageTime(house: House, theme: string, rounds: number): Promise<number> {
  const scope = await ownerScope(house);
  const blog = { ...scope.blog!, theme };
  return perRound(rounds, async () => {
    const page = await renderPage(house.scope({ blog, via: "bench" }), house.themes, { path: "/", query: new URLSearchParams() });
    if (page.status !== 200 || page.fallbacks.length > 0) throw new Error(`The home page of ${theme} cannot be drawn`);
  });
}

async function drawTime(house: House, theme: string, rounds: number): Promise<number> {
  const chain = house.themes.chain(theme);
  const home = samplePages(chain).find(({ content }) => content.type === "home")!;
  const report = (error: Error) => {
    throw error;
  };
  const drawing = sampleDrawing(home, chain, { report });
  return perRound(rounds, async () => void drawPage(drawing));
}

// The system counts a thread's time in steps of several milliseconds, so only many rounds together say something; of five such
// heaps the one in the middle counts.
async function perRound(rounds: number, work: () => Promise<void>): Promise<number> {
  const heaps: number[] = [];
  for (let round = 0; round < rounds; round++) await work();
  for (let heap = 0; heap < 5; heap++) {
    const before = process.threadCpuUsage();
    for (let round = 0; round < rounds; round++) await work();
    const { user, system } = process.threadCpuUsage(before);
    heaps.push((user + system) / 1000 / rounds);
  }
  return median(heaps);
}
