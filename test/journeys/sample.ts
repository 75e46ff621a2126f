import type { Page } from "playwright-core";
import { picture, press } from "./person.ts";
import type { RunningServer } from "./server.ts";

/** What Kim types into the composer. */
export type Typed = {
  readonly text: string;
  readonly title?: string;
  readonly date?: string;
  readonly categories?: string;
  /** Description of a picture, with its colour. */
  readonly photo?: { readonly alt: string; readonly hue: number };
  readonly isPage?: boolean;
};

/** Posts of every kind, oldest first: notes, a photo, articles with code and a table, words in another direction. */
export const everyKind: readonly Typed[] = [
  { text: "Moved in. The kettle works.", date: "2025-10-02T08:15" },
  {
    title: "A week of water levels",
    text: "Measured every morning before coffee.\n\n| Day | Level | Boats |\n| --- | --- | --- |\n| Monday | 212 cm | 3 |\n| Tuesday | 215 cm | 1 |\n| Wednesday | 209 cm | 7 |\n\n## How I read them\n\n```js\nconst levels = readings.map((reading) => reading.centimetres); // oldest first\n```\n\n> The river does not hurry, and yet it arrives.\n\n1. Look\n2. Write it down\n3. Have coffee",
    date: "2025-11-03T09:30",
    categories: "River, Notes on method",
  },
  { text: "الماء هادئ اليوم.", date: "2025-11-05T12:00" },
  { text: "Fog until ten. Then, all at once, the other bank.", date: "2025-11-06T10:05", categories: "River" },
  {
    text: "The last ferry of the season.",
    date: "2025-11-08T17:40",
    categories: "River",
    photo: { alt: "A river at dusk with low hills behind it", hue: 200 },
  },
  {
    text: "averyveryverylongwordthatdoesnotfitanyphoneandhastobreaksomewhereinthemiddleofitselfforonce https://example.com/a/very/long/address/that/goes/on/and/on/and/on/and/on",
    date: "2025-11-09T07:00",
  },
];

/** Writes in the composer and publishes. */
export async function write(page: Page, server: RunningServer, typed: Typed): Promise<void> {
  await page.goto(`${server.url}/compose${typed.isPage ? "?kind=page" : ""}`);
  await page.getByLabel("Text", { exact: true }).fill(typed.text);
  if (typed.title) {
    if (!typed.isPage && !(await page.getByLabel(/^Title/).isVisible())) await page.keyboard.press("Alt+t");
    await page.getByLabel(/^Title/).fill(typed.title);
  }
  if (typed.photo) {
    const buffer = await picture(1200, 800, typed.photo.hue);
    await page.getByLabel("Add photos").setInputFiles({ name: "river.jpg", mimeType: "image/jpeg", buffer });
    await page.getByLabel("Description", { exact: true }).fill(typed.photo.alt);
  }
  if (typed.date || typed.categories) {
    if (typed.date) {
      await page.getByText("When", { exact: true }).first().click();
      await page.getByLabel("Set date (past)").check();
      await page.getByLabel("Date", { exact: true }).fill(typed.date);
    }
    await page.getByText("More options", { exact: true }).click();
    await page.getByLabel("Categories").fill(typed.categories ?? "");
  }
  await press(page, "Publish");
}
