import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { shoot, visit, type View } from "./browser.ts";
import { untilShown } from "./eventually.ts";
import { get } from "./get.ts";
import { journey } from "./journey.ts";
import { axeFaults } from "./look.ts";
import { press, moveIn } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

const command = fileURLToPath(new URL("../../core/cli/rookery.mjs", import.meta.url));
const password = "eight geese on the lawn";

// Lee gets an account while the server runs, as an operator would give it.
function giveAccount(server: RunningServer): void {
  const env = { ...process.env, ROOKERY_DATA: server.data, ROOKERY_URL: server.url, ROOKERY_PORT: String(server.port) };
  const words = ["account", "create", "--username", "lee", "--password-stdin"];
  const made = spawnSync(process.execPath, [command, ...words], { env, input: `${password}\n`, encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
}

async function enter(page: Page, server: RunningServer): Promise<void> {
  await page.goto(`${server.url}/signin`);
  await page.getByLabel("Username or e-mail").fill("lee");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await press(page, "Sign in");
}

const views: readonly (readonly [string, View])[] = [
  ["at a desk", {}],
  ["on a phone without script", { width: 390, height: 844, javaScript: false }],
];

for (const [name, view] of views)
  journey(`a member takes their data along, leaves, and comes back, ${name}`, async (t) => {
    const server = await startServer(t);
    const admin = await visit(t);
    await moveIn(admin.page, server);
    giveAccount(server);
    const { page, problems } = await visit(t, view);
    await enter(page, server);
    await page.goto(`${server.url}/compose`);
    await page.getByLabel("Text", { exact: true }).fill("Geese, eight of them.");
    await press(page, "Publish");
    const host = `lee.localhost:${server.port}`;
    t.regex((await get(server, "/", host)).text, /Geese, eight of them/);

    await page.goto(`${server.url}/account/export`);
    await press(page, "Make an archive");
    // The archive is made by a job: the page says when it is there.
    await untilShown(page, "text='Ready'");
    await shoot(page, "export");
    if (view.javaScript !== false) t.deepEqual(await axeFaults(page), []);
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: /^Download/ }).click();
    const archive = readFileSync(await (await coming).path());
    t.is(archive.subarray(0, 2).toString(), "PK");
    t.true(archive.includes("lee.localhost"), "the blog is in it");

    await page.goto(`${server.url}/account/delete`);
    await page.getByLabel(/^Type/).fill("leo");
    await press(page, /^Delete/);
    t.regex(await page.title(), /^Error: /);
    await shoot(page, "leaving");
    await page.getByLabel(/^Type/).fill("lee");
    await press(page, /^Delete/);
    t.is((await get(server, "/", host)).status, 410, "its pages are gone at once");

    await enter(page, server);
    await press(page, /back/i);
    await enter(page, server);
    t.regex((await get(server, "/", host)).text, /Geese, eight of them/);
    t.deepEqual(
      problems.filter((problem) => !/status of 4\d\d/.test(problem)),
      [],
    );
  });
