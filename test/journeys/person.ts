import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { PlainBrowser } from "../../admin/plain-browser.testing.ts";
import type { RunningServer } from "./server.ts";

/** Who sets the installations of the journeys up. */
export const kim = { name: "Kim", username: "kim", password: "a quiet heron at dawn" } as const;

const blogTitle = "Kim by the river";
const blogDescription = "Small notes from the water’s edge.";

/** The host of Kim's blog on a server, with its port. */
export function blogHost(server: RunningServer): string {
  return `kim.localhost:${server.port}`;
}

/** The address of Kim's blog on a server. */
export function blogUrl(server: RunningServer, path = "/"): string {
  return `http://${blogHost(server)}${path}`;
}

/** Presses a button of a page and waits for the page it leads to. */
export async function press(page: Page, name: string | RegExp, within = "main"): Promise<void> {
  const button = page.locator(within).getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
  await Promise.all([page.waitForNavigation(), button.first().click()]);
}

/** Follows a link of a page. */
export async function follow(page: Page, name: string | RegExp, within = "main"): Promise<void> {
  const link = page.locator(within).getByRole("link", typeof name === "string" ? { name, exact: true } : { name });
  await Promise.all([page.waitForNavigation(), link.first().click()]);
}

/** Goes from the printed setup link through the wizard to the first composer; `look` sees every step. */
export async function setUp(
  page: Page,
  server: RunningServer,
  look: (step: string) => Promise<void> = async () => {},
): Promise<void> {
  await page.goto(server.setupLink ?? "the server printed no setup link");
  await look("setup-check");
  await follow(page, "Continue");
  await look("setup-you");
  await page.getByLabel("Your name").fill(kim.name);
  await page.getByLabel("Username").fill(kim.username);
  await page.getByLabel("Password").fill(kim.password);
  await press(page, "Continue");
  await look("setup-blog");
  await page.getByLabel("Title of the blog").fill(blogTitle);
  await page.getByLabel("Description").fill(blogDescription);
  await page.getByLabel("Time zone").selectOption("Europe/Berlin");
  await press(page, "Continue");
  await look("setup-purpose");
  await page.getByLabel("Just my blog").check();
  await press(page, "Make my blog");
}

/** The same without opening the wizard's pages, for tests of something else: it ends at the first composer too. */
export async function moveIn(page: Page, server: RunningServer): Promise<void> {
  const plain = new PlainBrowser(server.url);
  const token = new URL(server.setupLink ?? "http://the-server-printed-no-setup-link").searchParams.get("token")!;
  await plain.get(`/setup/you?token=${token}`);
  await plain.post("/setup/you", { token, ...kim, email: "" });
  await plain.post("/setup/blog", {
    token,
    title: blogTitle,
    description: blogDescription,
    blogName: kim.username,
    language: "en",
    timeZone: "Europe/Berlin",
    theme: "perch",
  });
  const { location } = await plain.post("/setup/purpose", { token, purpose: "blog", posts: "later" });
  await page.context().addCookies(plain.cookies);
  await page.goto(server.url + location!);
}

/** Signs Kim in. */
export async function signIn(page: Page, server: RunningServer): Promise<void> {
  await page.goto(`${server.url}/signin`);
  await page.getByLabel("Username or e-mail").fill(kim.username);
  await page.getByLabel("Password").fill(kim.password);
  await press(page, "Sign in");
}

/** A small JPEG of a river at dusk. */
export async function picture(width = 900, height = 600, hue = 200): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 90 60" preserveAspectRatio="none">
<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="hsl(${hue},55%,70%)"/><stop offset="1" stop-color="hsl(${(hue + 190) % 360},75%,82%)"/></linearGradient></defs>
<rect width="90" height="60" fill="url(#s)"/><circle cx="66" cy="22" r="6" fill="#fff6dc"/>
<path d="M0 34q12-9 24-3t22-4 22 3 22-5v35H0z" fill="hsl(${hue},30%,42%)"/><path d="M0 42q20-5 45 0t45-2v20H0z" fill="hsl(${hue},35%,30%)"/>
<path d="M0 50q30-6 52-1t38-3v14H0z" fill="hsl(${hue},45%,55%)"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer();
}

/** The source of axe-core, for running inside a page. */
export const axeSource = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
