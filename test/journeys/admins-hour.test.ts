import type { ExecutionContext } from "ava";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { visit, shoot, type View } from "./browser.ts";
import { eventually } from "./eventually.ts";
import { journey } from "./journey.ts";
import { axeFaults } from "./look.ts";
import { follow, press, moveIn } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

// What somebody drops into the plugins folder: it needs setting up, asks for something, and knows how to try itself out.
const doorbell = `import { definePlugin } from "rookery/plugin";

export default definePlugin({
  id: "doorbell",
  name: "Doorbell",
  description: "Says who is at the door.",
  version: "1.0.0",
  api: 1,
  category: "Tools",
  capabilities: ["posts:read", "network:fetch"],
  hosts: ["bell.example"],
  settings: {
    tone: { type: "select", label: "Tone", options: ["ding", "dong"], default: "ding" },
    volume: { type: "range", label: "Volume", min: 0, max: 11, default: 3 },
    quiet: { type: "boolean", label: "Quiet at night" },
    until: { type: "number", label: "Until which hour", min: 0, max: 23, when: { quiet: true } },
    visitors: { type: "list", label: "Visitors", fields: { name: { type: "text", label: "Name", required: true } } },
  },
  networkSettings: { key: { type: "secret", label: "Key", required: true, testAction: { name: "ring", label: "Ring once" } } },
  tests: { ring: async ({ settings }) => ({ ok: settings.tone === "dong", message: "It says " + settings.tone + "." }) },
});
`;

async function says(t: ExecutionContext, page: Page, words: RegExp): Promise<void> {
  t.regex(await page.getByRole("status").first().innerText(), words);
}

async function inviteSomebody(t: ExecutionContext, page: Page, server: RunningServer): Promise<void> {
  await page.goto(server.url);
  await shoot(page, "hour-home");
  await follow(page, "Invite somebody");
  await page.locator("#invitations").getByLabel("E-mail").fill("lee@lee.example");
  await Promise.all([page.waitForNavigation(), page.locator("#invitations form").first().getByRole("button").click()]);
  t.true(await page.locator("#invitations").getByText("lee@lee.example").isVisible());
}

async function enablePlugin(t: ExecutionContext, page: Page, server: RunningServer, hasScript: boolean): Promise<void> {
  mkdirSync(join(server.data, "plugins/doorbell"), { recursive: true });
  writeFileSync(join(server.data, "plugins/doorbell/plugin.ts"), doorbell);
  await page.goto(`${server.url}/admin/plugins?q=doorbell`);
  await shoot(page, "hour-plugins");
  await follow(page, /^Switch on… Doorbell/);
  t.true(await page.getByText("Talk to these servers: bell.example.").isVisible());
  await shoot(page, "hour-consent");
  await press(page, "Switch on");
  await says(t, page, /Doorbell is switched on/);
  t.true(await page.getByText("It cannot work before this is filled in: Key.").isVisible());

  const until = page.getByLabel("Until which hour");
  t.is(await until.isVisible(), !hasScript, "what does not count is hidden where a script can");
  await page.getByLabel("Quiet at night").check();
  t.true(await until.isVisible());
  await until.fill("7");
  for (const name of ["Lee", "Ana"]) {
    await press(page, "Add to Visitors");
    await page.getByLabel("Name", { exact: true }).last().fill(name);
  }
  await press(page, /^Move up/);
  t.deepEqual(
    await page.getByLabel("Name", { exact: true }).evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    ["Ana", "Lee"],
  );
  await page.getByLabel("Tone").selectOption("dong");
  await page.getByLabel("Key").fill("a key of brass");
  await shoot(page, "hour-settings");
  await press(page, "Ring once");
  await says(t, page, /It says dong/);
  t.is(await page.getByText("needs setup").count(), 0);
  t.false((await page.content()).includes("a key of brass"));
  t.is(await until.inputValue(), "7");
}

async function addDomain(t: ExecutionContext, page: Page, server: RunningServer): Promise<void> {
  await page.goto(`${server.url}/b/kim.localhost/settings/domain`);
  await page.getByLabel("Domain", { exact: true }).fill("birds.example");
  await press(page, "Add domain");
  const card = page.locator("section.card").filter({ has: page.getByRole("heading", { name: /birds\.example/ }) });
  t.regex(await card.innerText(), /TXT/);
  t.true((await card.locator("code.token").innerText()).length > 10);
  await page.goto(`${server.url}/admin`);
  t.true(await page.getByText(/One domain waits to be proven: birds\.example/).isVisible());
}

async function backUp(t: ExecutionContext, page: Page, server: RunningServer): Promise<void> {
  await shoot(page, "hour-health");
  await press(page, "Back up now");
  await says(t, page, /A backup is being made/);
  const link = page.getByRole("link", { name: /^Download/ });
  // Without script somebody looks again; with script the page does.
  const look = async () => (await page.goto(`${server.url}/admin/backups`), (await link.count()) > 0);
  await eventually("there is a backup to download", look, 250);
  await shoot(page, "hour-backups");
  const [download] = await Promise.all([page.waitForEvent("download"), link.first().click()]);
  t.regex(download.suggestedFilename(), /^rookery-.*\.tar$/);
  t.true(readFileSync(await download.path()).includes("rookery-backup-1"));
}

for (const [name, view] of [
  ["at 1280 px", { width: 1280 }],
  ["at 390 px without script", { width: 390, height: 844, javaScript: false }],
] as const satisfies readonly (readonly [string, View])[])
  journey(
    `the admin's first hour ${name}: wizard, invitation, a plugin with consent and settings, a domain, a backup`,
    async (t) => {
      const server = await startServer(t);
      const { page, problems } = await visit(t, view);
      const hasScript = !("javaScript" in view);

      await moveIn(page, server);
      t.regex(page.url(), /\/compose/);
      await inviteSomebody(t, page, server);
      await enablePlugin(t, page, server, hasScript);
      await addDomain(t, page, server);
      await backUp(t, page, server);

      await page.goto(server.url);
      t.is(await page.getByRole("listitem").filter({ hasText: "Invite somebody" }).getByText("done").count(), 1);
      await press(page, "Do not show this again");
      t.is(await page.getByText("Getting started").count(), 0);
      t.deepEqual(problems, []);
    },
  );

journey("what an admin sees has no fault that axe finds, in the light and in the dark, and fits 320 px", async (t) => {
  const server = await startServer(t);
  mkdirSync(join(server.data, "plugins/doorbell"), { recursive: true });
  writeFileSync(join(server.data, "plugins/doorbell/plugin.ts"), doorbell);
  const { page } = await visit(t);
  await moveIn(page, server);
  await page.goto(`${server.url}/admin/plugins/doorbell`);
  await press(page, "Switch on");
  await press(page, "Add to Visitors");
  const own = "/b/kim.localhost/settings/plugins";
  const site = [
    "/admin/settings",
    "/admin/settings/limits",
    "/admin/settings/storage",
    "/admin/settings/texts",
    "/admin/settings/advanced",
  ];
  const screens = [
    "/admin",
    "/admin/backups",
    "/admin/jobs",
    "/admin/themes",
    "/admin/plugins",
    "/admin/plugins/doorbell",
    ...site,
  ];
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of [...screens, own, `${own}/feeds`, `${own}/doorbell`]) {
      await page.setViewportSize({ width: scheme === "light" ? 1280 : 320, height: 900 });
      await page.goto(server.url + path);
      t.deepEqual(await axeFaults(page), [], `${path} ${scheme}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (scheme === "dark") t.true(width <= 320, `${path} is ${width} px wide`);
      await shoot(page, `hour-${path.replaceAll("/", "_")}-${scheme}`);
    }
  }
});
