import test, { type ExecutionContext } from "ava";
import { existsSync } from "node:fs";
import type { Page } from "playwright-core";
import { FakeBluesky } from "../fakes/bluesky/fake-bluesky.ts";
import { listen } from "../fakes/fake-server.ts";
import { FakeMastodon } from "../fakes/mastodon/mastodon.ts";
import { shoot, visit } from "./browser.ts";
import { eventually, untilShown } from "./eventually.ts";
import { get } from "./get.ts";
import { journey } from "./journey.ts";
import { faultsOf } from "./look.ts";
import { follow, press, moveIn } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

const ids = ["crosspost", "crosspost-mastodon", "crosspost-bluesky"];
const missing = ids.filter((id) => !existsSync(new URL(`../../plugins/${id}/plugin.ts`, import.meta.url)));
if (missing.length > 0) test.skip(`copies elsewhere (${missing.join(", ")} not there)`, () => {});
const about = missing.length > 0 ? (test.skip as typeof journey) : journey;

async function begin(t: ExecutionContext, view: { javaScript?: boolean } = {}) {
  const mastodon = new FakeMastodon({ isApproving: false });
  const bluesky = new FakeBluesky({ accounts: ["kim.test"] });
  const [birds, sky] = [await listen(mastodon), await listen(bluesky)];
  t.teardown(() => Promise.all([birds.close(), sky.close()]));
  const server = await startServer(t, { env: { ROOKERY_PRIVATE_NETWORK: "allow" } });
  const visitor = await visit(t, view);
  await moveIn(visitor.page, server);
  for (const id of ids) {
    await visitor.page.goto(`${server.url}/admin/plugins/${id}`);
    await press(visitor.page, "Switch on");
  }
  return { server, mastodon, bluesky, birds: birds.url, sky: sky.url.replace("127.0.0.1", "localhost"), ...visitor };
}

const at = (server: RunningServer, path: string) => `${server.url}/b/kim.localhost${path}`;

async function connectMastodon(page: Page, server: RunningServer, birds: string): Promise<void> {
  await page.goto(at(server, "/settings/targets"));
  await page
    .getByRole("link", { name: /Mastodon/ })
    .last()
    .click();
  await page.getByLabel("Your address there").fill(`@kim@${new URL(birds).host}`);
  await press(page, /Connect/);
  // The page in between goes there by itself, also without script.
  await page.getByRole("button", { name: "Authorize" }).click();
  await page
    .getByText(`@kim@${new URL(birds).host}`)
    .first()
    .waitFor();
}

async function connectBluesky(page: Page, server: RunningServer, sky: string): Promise<void> {
  await page.goto(at(server, "/settings/targets"));
  await page
    .getByRole("link", { name: /Bluesky/ })
    .last()
    .click();
  await page.getByLabel("Handle").fill("kim.test");
  await page.getByLabel("App password").fill("abcd-efgh-ijkl-mnop");
  await page.getByLabel("Server", { exact: true }).fill(sky);
  await press(page, /Connect/);
  await page.getByText("kim.test").first().waitFor();
}

async function undoSeconds(page: Page, server: RunningServer, seconds: number): Promise<void> {
  await page.goto(at(server, "/settings/writing"));
  await page.getByLabel("Seconds for Undo").fill(String(seconds));
  await press(page, "Save");
}

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const textsAt = ({ posts }: FakeBluesky) => posts.map(({ value }) => (value as { text: string }).text);

about(
  "copies elsewhere: connected, previewed, undone, sent, edited, removed; signed out there, and connected again",
  async (t) => {
    const { server, mastodon, bluesky, birds, sky, page, problems } = await begin(t);
    await connectMastodon(page, server, birds);
    await connectBluesky(page, server, sky);
    await page.goto(at(server, "/settings/targets"));
    t.is(await page.getByText("new posts go there").count(), 2);
    t.deepEqual(await faultsOf(page, (kind) => shoot(page, `targets-${kind}`)), []);
    await page.setViewportSize({ width: 1280, height: 900 });

    // What each service gets is told while it is typed.
    await page.goto(`${server.url}/compose`);
    await text(page).fill("The heron is back, with *two* young ones.");
    await page.getByText(/characters left: 46\d/).waitFor();
    await page.getByText(/characters left: 26\d/).waitFor();
    await page.getByText("Preview what each service gets").click();
    const previews = page.locator(".copy-previews .changes", { hasText: "The heron is back, with two young ones." });
    await previews.nth(1).waitFor();
    await press(page, "Publish");
    await page.getByText("It goes to 2 services in 30 seconds.").waitFor();
    await press(page, "Undo");
    t.is(await text(page).inputValue(), "The heron is back, with *two* young ones.");

    await undoSeconds(page, server, 0);
    await page.goto(at(server, "/posts?status=draft"));
    await page.goto(`${server.url}/compose`);
    await text(page).fill("The heron is back.");
    await press(page, "Publish");
    await untilShown(page, "#copies .badge:text-is('Sent')", 2);
    const shown = page.url();
    t.deepEqual(
      [mastodon.held.statuses.map((one) => one.text), textsAt(bluesky)],
      [["The heron is back."], ["The heron is back."]],
    );
    const hrefs = await page
      .locator("#copies a[href^=http]")
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    t.is(hrefs.length, 2);
    const path = new URL(await page.locator("dd code").first().innerText()).pathname;
    const html = (await get(server, path)).text;
    for (const href of hrefs)
      t.regex(
        html,
        new RegExp(
          `class="[^"]*u-syndication[^"]*"[^>]*href="${href.replace(/[.?]/g, "\\$&")}"|href="${href.replace(/[.?]/g, "\\$&")}"[^>]*class="[^"]*u-syndication`,
        ),
      );

    await follow(page, "Edit");
    await text(page).fill("The heron is gone.");
    await page.getByLabel("Also update the copy").check();
    await press(page, "Update");
    await eventually("the copy is edited", () => mastodon.held.statuses[0]!.text === "The heron is gone.");
    t.deepEqual(textsAt(bluesky), ["The heron is back."], "copies there cannot be changed");

    await page.goto(shown);
    await page.getByLabel("Also remove the copies elsewhere").check();
    await press(page, "Delete");
    await page.goto(shown);
    await untilShown(page, "#copies .badge:text-is('Removed')", 2);
    t.deepEqual([mastodon.held.statuses.length, bluesky.posts.length], [0, 0]);

    // Mastodon takes its permission back: the copy waits, every screen says what to do, and connecting sends it.
    for (const token of mastodon.held.tokens) token.isOver = true;
    await page.goto(`${server.url}/compose`);
    await text(page).fill("Nobody at the pond.");
    await press(page, "Publish");
    await untilShown(page, "#copies .badge:text-is('Waits for reconnecting')");
    const parked = page.url();
    await page.goto(`${server.url}/compose`);
    await page.locator(".targets").getByRole("link", { name: "Reconnect" }).waitFor();
    await page.goto(at(server, "/settings/targets"));
    await page.getByText("must be connected again").waitFor();
    t.deepEqual(await faultsOf(page, (kind) => shoot(page, `reconnect-${kind}`)), []);
    await page.setViewportSize({ width: 1280, height: 900 });
    await connectMastodon(page, server, birds);
    await page.goto(parked);
    await untilShown(page, "#copies .badge:text-is('Sent')", 2);
    t.deepEqual(
      [mastodon.held.statuses.map((one) => one.text), textsAt(bluesky)],
      [["Nobody at the pond."], ["Nobody at the pond."]],
    );
    await page.goto(at(server, "/settings/targets"));
    t.is(await page.getByText("must be connected again").count(), 0);
    t.deepEqual(problems, []);
  },
);

about("copies elsewhere without script: connected, one of two chosen, sent", async (t) => {
  const { server, mastodon, bluesky, birds, sky, page } = await begin(t, { javaScript: false });
  await connectMastodon(page, server, birds);
  await connectBluesky(page, server, sky);
  await undoSeconds(page, server, 0);
  await page.goto(`${server.url}/compose`);
  await text(page).fill("Only for one.");
  await page.locator(".target", { hasText: "Bluesky" }).getByRole("checkbox").first().uncheck();
  await press(page, "Publish");
  await untilShown(page, "#copies .badge:text-is('Sent')");
  t.deepEqual([mastodon.held.statuses.map((one) => one.text), textsAt(bluesky)], [["Only for one."], []]);
});
