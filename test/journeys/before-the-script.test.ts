import type { Page } from "playwright-core";
import { openDashboard, setUp } from "../../admin/testing.ts";
import type { Plugin } from "../../core/host/manifest.ts";
import { wav } from "../../core/media/sound.testing.ts";
import { personByUsername } from "../../core/people/accounts.ts";
import { startSession } from "../../core/people/sessions.ts";
import { definePlugin } from "../../core/plugin.ts";
import { visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { picture, press } from "./person.ts";

const nest = definePlugin({
  id: "nest",
  name: "Nest",
  description: "Takes copies and sound.",
  version: "1.0.0",
  api: 1,
  composer: ["audio"],
  services: {
    target: () => ({
      targets: () => [{ id: "kim", service: "Nest", account: "@kim", limits: { chars: 100 } }],
      rule: () => ({ isOn: true }),
      preview: (_target: unknown, post: { source: string }) => ({
        text: post.source,
        begin: `${post.source} {url}`,
        isTruncated: false,
        images: 0,
        notes: [],
      }),
      send: () => ({ state: "sent" }),
    }),
  },
} as never);

/** Holds the scripts of the pages that are opened next; what it gives lets them come, and waits until they are at work. */
async function holdScripts(page: Page): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\.js$/, async (route) => {
    await released;
    await route.continue();
  });
  return async () => {
    release();
    await page.waitForFunction(() => document.querySelector("body :not(:defined)") === null);
    await page.unrouteAll();
  };
}

journey(
  "what hands did before the script came is taken up by it: text, photo, description, sound, copies, dates, files",
  async (t) => {
    const plugins = [{ plugin: nest as unknown as Plugin, folder: "/nowhere/nest", isBundled: true }];
    const parts = await openDashboard(t, { plugins });
    await setUp(parts);
    const { house, url } = parts;
    await house.host.enable("nest");
    const kim = (await personByUsername(house.storage, "kim"))!;
    const visitor = { userAgent: "Mozilla/5.0 Firefox/140.0", address: "192.0.2.7", isConfirmed: false };
    const { cookie } = await house.storage.write((db) => startSession(db, kim.id, visitor, house.clock.now()));
    const { page, context, problems } = await visit(t);
    await context.addCookies([{ name: "rk", value: cookie, url }]);

    const saved = () => page.locator(".state output", { hasText: /^Saved \d/ }).waitFor();

    const comes = await holdScripts(page);
    await page.goto(`${url}/compose`, { waitUntil: "commit" });
    await page.getByLabel("Text", { exact: true }).fill("The heron is back.");
    await comes();
    await page.getByText(/characters left: 82/).waitFor();
    await saved();

    const more = await holdScripts(page);
    await page.goto(`${url}/compose`, { waitUntil: "commit" });
    await page.getByLabel("Text", { exact: true }).fill("The heron is back.");
    const photo = { name: "river.jpg", mimeType: "image/jpeg", buffer: await picture() };
    await page.getByLabel("Add photos").setInputFiles(photo);
    await page.getByLabel("Add audio").setInputFiles({ name: "reeds.wav", mimeType: "audio/wav", buffer: wav(1) });
    await page.getByText("When", { exact: true }).first().click();
    await page.getByLabel("Date", { exact: true }).fill("2099-03-01T10:00");
    await page.getByText("Different text for this service").click();
    await page.getByLabel("Description", { exact: true }).pressSequentially("A heron");
    await more();
    t.is(await page.locator(".no-alt:visible").count(), 0);
    // The cursor stands where it stood.
    await page.keyboard.type(" on the bank");
    await page.getByRole("button", { name: "Schedule for 10:00" }).waitFor();
    t.is(await page.getByLabel("Description", { exact: true }).inputValue(), "A heron on the bank");
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("[name='copy-text[]']")!.value !== "");
    await saved();
    await page.waitForFunction(() => document.querySelectorAll(".upload:not([hidden])").length === 0);
    await press(page, "Schedule for 10:00");
    await page.goto(`${page.url().split("?")[0]}/edit`);
    t.is(await page.getByLabel("Text", { exact: true }).inputValue(), "The heron is back.");
    t.is(await page.getByLabel("Description of photo 1").inputValue(), "A heron on the bank");
    t.is(await page.locator(".audio-row").count(), 1);
    t.is(await page.getByLabel("Date", { exact: true }).inputValue(), "2099-03-01T10:00");

    const uploads = await holdScripts(page);
    await page.goto(`${url}/b/kim.localhost/media`, { waitUntil: "commit" });
    await page.getByLabel("Add files").setInputFiles({ ...photo, name: "pond.jpg" });
    await uploads();
    await page.getByText("pond.jpg").first().waitFor();
    t.deepEqual(problems, []);
  },
);
