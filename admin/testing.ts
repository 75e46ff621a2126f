import { join } from "node:path";
import { House, type HouseOptions } from "../core/house.ts";
import { setupLink } from "../core/people/setup-link.ts";
import { readSettings } from "../core/settings/settings.ts";
import { makeWeb } from "../core/start.ts";
import { copyReadyDatabase } from "../core/storage/ready-sqlite.testing.ts";
import { testFolderOf } from "../core/storage/test-folder.testing.ts";
import { freePort } from "../core/testing/free-port.ts";
import { PlainBrowser } from "./plain-browser.testing.ts";
import { adminRoutes } from "./routes.ts";
import { shareAssets } from "./shared-assets.testing.ts";

export { PlainBrowser, type Page, type ScriptAnswer } from "./plain-browser.testing.ts";

type Teardown = { teardown(work: () => unknown): void };
const silent = () => undefined;

/** A whole installation with the dashboard, not set up yet, and the link of its wizard. */
export async function openDashboard(
  t: Teardown,
  options: Partial<HouseOptions> = {},
): Promise<{ house: House; browser: PlainBrowser; url: string; link: string }> {
  const folder = testFolderOf(t, "admin");
  await copyReadyDatabase(join(folder, "rookery.db"));
  shareAssets(folder);
  const port = await freePort("localhost");
  const url = `http://localhost:${port}`;
  const settings = readSettings({ ROOKERY_DATA: folder, ROOKERY_URL: url, ROOKERY_PORT: String(port) }, { cwd: folder });
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const house = await House.open(settings, { log, isDurable: false, ...options });
  const web = makeWeb(house, await adminRoutes(house));
  t.teardown(async () => {
    await web.close();
    await house.close();
  });
  await web.listen(port, "localhost");
  const link = await setupLink(house.storage, url, house.clock.now());
  return { house, browser: new PlainBrowser(url), url, link: link! };
}

/** Goes through the wizard as kim, who is signed in afterwards; the blog is kim.localhost. */
export async function setUp({ browser, link }: { browser: PlainBrowser; link: string }): Promise<void> {
  const token = new URL(link).searchParams.get("token")!;
  await browser.get(`/setup/you?token=${token}`);
  await browser.post("/setup/you", { token, name: "Kim", username: "kim", email: "", password: "seven herons in the reeds" });
  await browser.post("/setup/blog", {
    token,
    title: "Birds",
    description: "",
    blogName: "kim",
    language: "en",
    timeZone: "UTC",
    theme: "perch",
  });
  await browser.post("/setup/purpose", { token, purpose: "blog", posts: "later" });
  await browser.get("/");
}
