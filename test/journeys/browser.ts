import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium, type Browser, type BrowserContext, type Page, type Response } from "playwright-core";

type Teardown = { teardown(work: () => unknown): void };

/** Where Debian puts its Chromium. */
export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Whether the journeys can run; with CI=true they must, so they fail instead of being skipped. */
export const hasChromium = process.env.CI === "true" || existsSync(chromiumPath);

/** How a visitor looks at things. */
export type View = {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
  readonly javaScript?: boolean;
  /** A made-up microphone that beeps; nobody is asked whether it may be used. */
  readonly hasMicrophone?: boolean;
};

/** A visitor's browser: a fresh profile each. `problems` collects errors of pages and broken content security policies. */
export type Visitor = { readonly page: Page; readonly context: BrowserContext; readonly problems: string[] };

/** Opens a browser for one visitor. */
export async function visit(t: Teardown, view: View = {}): Promise<Visitor> {
  const browser = await running(view.hasMicrophone ?? false);
  const context = await browser.newContext({
    viewport: { width: view.width ?? 1280, height: view.height ?? 900 },
    colorScheme: view.scheme ?? "light",
    javaScriptEnabled: view.javaScript ?? true,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  });
  // With its browser it is gone already.
  t.teardown(() =>
    context.close().catch((error: unknown) => (browser.isConnected() ? Promise.reject(error as Error) : undefined)),
  );
  context.setDefaultTimeout(30_000);
  const problems: string[] = [];
  if (view.javaScript !== false) context.on("page", waitForScript);
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return { page, context, problems };
}

const browsers = new Map<boolean, Promise<Browser>>();

// Chromium starts once in a file of tests and ends with it: a start costs more than most journeys.
async function running(hasMicrophone: boolean): Promise<Browser> {
  const known = await browsers.get(hasMicrophone);
  if (known?.isConnected()) return known;
  const browser = start(hasMicrophone);
  browsers.set(hasMicrophone, browser);
  return browser;
}

function start(hasMicrophone: boolean): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(hasMicrophone ? ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] : []),
      // Nothing leaves this machine, whatever a page asks for.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
    ],
  });
}

/** Ends the browsers of this thread; `journey.ts` does so after the last test of a file. */
export async function endBrowsers(): Promise<void> {
  const closing = [...browsers.values()].map(async (browser) => (await browser).close());
  // One that does not end in time ends with its thread.
  await Promise.race([Promise.all(closing), wait(10_000, null, { ref: false })]);
  browsers.clear();
}

/** Waits until the page's own script has come to all its elements. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector("body :not(:defined)") === null);
}

// On a busy machine a test would be faster than the script: what it typed would be seen or not, as it happens. What hands do
// before the script is there has a journey of its own (before-the-script.test.ts), which asks for less with `waitUntil`.
function waitForScript(page: Page): void {
  const { goto, reload, waitForURL } = page;
  const then = async <T>(opened: Promise<T>, waitUntil: string | undefined) => {
    const answer = await opened;
    if (!waitUntil) await ready(page);
    return answer;
  };
  page.goto = (url, options) => then(goto.call(page, url, options), options?.waitUntil);
  page.reload = (options) => then(reload.call(page, options), options?.waitUntil);
  // A composer that saved itself takes its draft's address without leaving: that is no other page.
  const isPage = (answer: Response) =>
    answer.request().isNavigationRequest() && answer.frame() === page.mainFrame() && !answer.headers().location;
  const other = () => Promise.all([page.waitForEvent("response", isPage), page.waitForEvent("load")]);
  page.waitForNavigation = (options) => then(other(), options?.waitUntil).then(([answer]) => answer);
  page.waitForURL = (url, options) => then(waitForURL.call(page, url, options), options?.waitUntil);
}

/** Saves a picture of the page into `JOURNEY_SHOTS` when that is set, for looking at by eye. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.JOURNEY_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
