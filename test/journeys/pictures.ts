import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import type { Page } from "playwright-core";
import { endBrowsers, visit } from "./browser.ts";
import { inventions } from "./drawn/inventions.ts";
import { sceneSvg } from "./drawn/scenes.ts";
import { showInvention } from "./drawn/show-invention.ts";
import { setUp } from "./person.ts";
import { write, type Typed } from "./sample.ts";
import { startServer } from "./server.ts";

type Ending = { teardown(work: () => unknown): void };

// Makes the pictures of the README and of the themes from the real thing: `node test/journeys/pictures.ts`, with the ids of
// themes or `dashboard` behind it for some of them.
const root = fileURLToPath(new URL("../../", import.meta.url));
const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

const posts: readonly Typed[] = [
  { text: "Moved in. The kettle works, the window sticks, the river does what it likes.", date: "2026-11-02T08:15" },
  {
    title: "A week of water levels",
    text: "Measured every morning before coffee, with a stick and a pencil.\n\n| Day | Level | Boats |\n| --- | --- | --- |\n| Monday | 212 cm | 3 |\n| Tuesday | 215 cm | 1 |\n| Wednesday | 209 cm | 7 |",
    date: "2026-11-08T09:30",
    categories: "River",
  },
  { text: "The ferryman says it will be a long winter. He has said so every year since 1987.", date: "2026-11-11T16:05" },
  { text: "Soup: leeks, potatoes, patience.", date: "2026-11-14T19:20", categories: "Kitchen" },
  {
    text: "First frost. The reeds were loud with it.",
    date: "2026-11-17T07:50",
    photo: { alt: "Low hills behind a river, pale and cold", hue: 190 },
    categories: "River",
  },
  { text: "Fog until ten. Then, all at once, the other bank.", date: "2026-11-20T10:05", categories: "River" },
  {
    text: "The last ferry of the season, and the light to go with it.",
    date: "2026-11-22T16:40",
    photo: { alt: "A river at dusk with low hills behind it", hue: 215 },
    categories: "River",
  },
  { text: "The heron is back. It pretends not to know me, which is fair.", date: "2026-11-23T08:10", categories: "River" },
];

/** Keeps what the window shows as a PNG with a palette. */
async function keep(page: Page, ...paths: readonly string[]): Promise<void> {
  const bytes = await page.screenshot();
  const image = await sharp(bytes).png({ palette: true, quality: 90, effort: 10, dither: 0 }).toBuffer();
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), image);
    console.log(`${path}: ${Math.round(image.byteLength / 1000)} KB`);
  }
}

/** Each theme on a desk and on a phone. */
async function themePictures(t: Ending): Promise<void> {
  for (const invented of inventions.filter(({ theme }) => isWanted(theme))) {
    const { page } = await visit(t, { width: 1280, height: 800 });
    await showInvention(page, invented);
    await keep(page, `themes/${invented.theme}/screenshots/desktop.png`, `docs/images/${invented.theme}.png`);
    await page.setViewportSize({ width: 390, height: 844 });
    await keep(page, `themes/${invented.theme}/screenshots/mobile.png`);
    await page.context().close();
  }
}

/** The dashboard of somebody who writes by a river. */
async function dashboardPictures(t: Ending): Promise<void> {
  const server = await startServer(t);
  const { page } = await visit(t, { width: 1280, height: 800 });
  await setUp(page, server);
  for (const typed of posts) await write(page, server, typed);
  await page.goto(server.url, { waitUntil: "networkidle" });
  await keep(page, "docs/images/dashboard.png");
  await page.goto(`${server.url}/compose`, { waitUntil: "networkidle" });
  await page.getByLabel("Text", { exact: true }).fill(draft);
  await page.getByLabel("Add photos").setInputFiles({
    name: "river.jpg",
    mimeType: "image/jpeg",
    buffer: await sharp(Buffer.from(sceneSvg("sea", 205, [1200, 800])))
      .jpeg()
      .toBuffer(),
  });
  await page.getByLabel("Description", { exact: true }).fill("A small sailing boat on calm water at dusk");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => scrollTo(0, 0));
  await keep(page, "docs/images/composer.png");
}

const draft = "The river is high today. Three boats went by, one of them *backwards*, and its captain waved.";
const endings: (() => unknown)[] = [];
const t: Ending = { teardown: (work) => void endings.push(work) };
try {
  await themePictures(t);
  if (isWanted("dashboard")) await dashboardPictures(t);
} finally {
  for (const work of endings.toReversed()) await work();
  await endBrowsers();
}
