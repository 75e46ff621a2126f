import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { blogUrl, follow, press, moveIn } from "./person.ts";
import { write } from "./sample.ts";
import { startServer } from "./server.ts";

const command = fileURLToPath(new URL("../../core/cli/rookery.mjs", import.meta.url));
const footer = '<footer class="site"><p>Printed in the harbour</p>{{ slot("footer") }}</footer>\n';

journey("a child theme made with the commands travels as an archive to another installation and is worn there", async (t) => {
  const workshop = mkdtempSync(join(tmpdir(), "rookery-workshop-"));
  t.teardown(() => rmSync(workshop, { recursive: true, force: true }));
  const rookery = (...words: string[]) => {
    const env = { ...process.env, ROOKERY_DATA: join(workshop, "data") };
    const done = spawnSync(process.execPath, [command, ...words], { cwd: workshop, env, encoding: "utf8" });
    t.is(done.status, 0, `${words.join(" ")}: ${done.stderr}`);
    return done.stdout;
  };
  rookery("theme", "new", "harbour", "--parent", "perch");
  const folder = join(workshop, "data/themes/harbour");
  mkdirSync(join(folder, "templates/partials"), { recursive: true });
  writeFileSync(join(folder, "templates/partials/footer.njk"), footer);
  rookery("theme", "check", folder);
  const archive = /\S+\.zip/.exec(rookery("theme", "zip", folder))![0];

  const server = await startServer(t);
  const { page, problems } = await visit(t);
  await moveIn(page, server);
  await write(page, server, { text: "The harbour master waved." });
  await page.goto(`${server.url}/admin/themes`);
  await page.getByLabel("Archive of a theme (.zip)").setInputFiles(archive);
  await press(page, "Check and add");
  t.regex(await page.getByRole("status").first().innerText(), /is installed/);
  await shoot(page, "theme-installed");
  await page.goto(`${server.url}/b/kim.localhost/design`);
  await follow(page, /Try it on Harbour/i);
  await page.frameLocator("iframe").getByText("Printed in the harbour").first().waitFor();
  await press(page, /^Activate/);

  await page.goto(blogUrl(server));
  t.true(await page.getByText("Printed in the harbour").isVisible());
  t.true(await page.getByText("The harbour master waved.").isVisible());
  t.deepEqual(problems, []);
});
