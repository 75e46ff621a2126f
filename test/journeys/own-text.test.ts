import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { press, moveIn } from "./person.ts";
import { startServer } from "./server.ts";

const nest = `import { definePlugin } from "rookery/plugin";
export default definePlugin({
  id: "nest", name: "Nest", description: "Takes copies.", version: "1.0.0", api: 1,
  services: {
    target: () => ({
      targets: () => [{ id: "kim", service: "Nest", account: "@kim", limits: { chars: 100 } }],
      rule: () => ({ isOn: true }),
      preview: (target, post, text) => ({ text: text ?? "Copy of " + post.source, begin: post.source + " {url}", isTruncated: false, images: 0, notes: ["one note"] }),
      send: () => ({ state: "sent" }),
    }),
  },
});
`;

journey(
  "what a service gets is shown while writing; a text for it begins with that, and counts once it is changed",
  async (t) => {
    const data = mkdtempSync(join(tmpdir(), "rookery-journey-"));
    t.teardown(() => rmSync(data, { recursive: true, force: true }));
    mkdirSync(join(data, "plugins/nest"), { recursive: true });
    writeFileSync(join(data, "plugins/nest/plugin.ts"), nest);
    const server = await startServer(t, { data });
    const { page, problems } = await visit(t);
    await moveIn(page, server);
    await page.goto(`${server.url}/admin/plugins/nest`);
    await press(page, "Switch on");
    await page.goto(`${server.url}/compose`);

    await page.getByLabel("Text", { exact: true }).fill("Herons");
    await page.getByText("Preview what each service gets").click();
    await page.getByText("Copy of Herons", { exact: true }).waitFor();
    await page.getByLabel("Text", { exact: true }).fill("Herons again");
    await page.getByText("Copy of Herons again", { exact: true }).waitFor();

    const sent = () => page.evaluate(() => new FormData(document.querySelector("rk-composer form")!).getAll("copy-text[]"));
    const own = page.getByLabel("Text for Nest @kim");
    await page.getByText("Different text for this service").click();
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("[name='copy-text[]']")!.value !== "");
    t.is(await own.inputValue(), "Herons again {url}");
    t.deepEqual(await sent(), [""], "as long as nobody changed it, the copy follows the post");
    await own.fill("Mine {url}");
    t.deepEqual(await sent(), ["Mine {url}"]);
    await page.getByText("Mine {url}", { exact: true }).waitFor();
    t.deepEqual(problems, []);
  },
);
