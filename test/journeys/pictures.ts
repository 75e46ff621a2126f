import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { visit } from "./browser.ts";
import { blogUrl, setUp } from "./person.ts";
import { write, type Typed } from "./sample.ts";
import { startServer } from "./server.ts";

// Makes the README's pictures from the real thing: `node test/journeys/pictures.ts`.
const folder = fileURLToPath(new URL("../../docs/images/", import.meta.url));

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

const endings: (() => unknown)[] = [];
const t = { teardown: (work: () => unknown) => void endings.push(work) };
try {
  const server = await startServer(t);
  const { page } = await visit(t, { width: 1280, height: 800 });
  await setUp(page, server);
  for (const typed of posts) await write(page, server, typed);
  await page.goto(`${server.url}/account`);
  await page.getByLabel("About you").fill("I live by a river and write down what it does.");
  await page.locator("form[action='/account/profile']").getByRole("button", { name: "Save" }).click();
  mkdirSync(folder, { recursive: true });
  for (const [name, url] of [
    ["perch", blogUrl(server)],
    ["dashboard", server.url],
  ] as const) {
    await page.goto(url, { waitUntil: "networkidle" });
    const bytes = await page.screenshot();
    const { size } = await sharp(bytes).png({ palette: true, quality: 90, effort: 10 }).toFile(`${folder}${name}.png`);
    console.log(`docs/images/${name}.png: ${Math.round(size / 1000)} KB`);
  }
} finally {
  for (const work of endings.toReversed()) await work();
}
