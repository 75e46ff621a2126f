import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test from "ava";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { faultsOf } from "./look.ts";
import { kim, press, moveIn } from "./person.ts";
import { startServer } from "./server.ts";

const isThere = existsSync(new URL("../../plugins/indieauth/plugin.ts", import.meta.url));
const walk = isThere ? journey : test.serial.skip;
if (!isThere) test("an app is let in in a browser (skipped: plugins/indieauth is not there)", (t) => t.pass());

walk("an app is let in without script: signing in on the way, reading, saying yes and no", async (t) => {
  const arrived: string[] = [];
  // The app leads on to another address, as those do that end in an app on a phone.
  const app = createServer((request, response) => {
    if (request.url!.startsWith("/back")) arrived.push(request.url!);
    if (request.url!.startsWith("/back")) return response.writeHead(302, { location: "/thanks" }).end();
    response.end("<title>Thanks</title>Thanks");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => app.once("listening", resolve));
  t.teardown(() => (app.closeAllConnections(), app.close()));
  const own = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const server = await startServer(t);
  const owner = await visit(t);
  await moveIn(owner.page, server);

  const { page, problems } = await visit(t, { javaScript: false });
  const wanted = {
    client_id: `${own}/`,
    redirect_uri: `${own}/back`,
    response_type: "code",
    state: "é&=+/?",
    scope: "create profile birds",
  };
  const address = `${server.url}/indieauth/auth?${new URLSearchParams(wanted)}`;
  await page.goto(address);
  await page.getByLabel("Username or e-mail").fill(kim.username);
  await page.getByLabel("Password").fill(kim.password);
  await press(page, "Sign in");
  t.is(await page.getByRole("heading", { level: 1 }).innerText(), `Let ${new URL(own).host} in?`);
  t.is(await page.getByLabel("Publish posts").isChecked(), true);
  await page.getByLabel("Read your profile").uncheck();
  await shoot(page, "let-an-app-in");
  await press(page, "Allow");
  await page.waitForURL(`${own}/thanks`);
  const said = new URL(arrived[0]!, own).searchParams;
  t.is(said.get("state"), wanted.state);
  t.regex(said.get("code")!, /^[\w-]{43}$/);

  await page.goto(address);
  await press(page, "Do not allow");
  await page.waitForURL(`${own}/thanks`);
  t.is(new URL(arrived[1]!, own).searchParams.get("error"), "access_denied");
  await page.goto(address.replace(encodeURIComponent(`${own}/back`), encodeURIComponent("http://127.0.0.1:1/back")));
  t.regex(await page.locator("main").innerText(), /not its own, so nothing was done/);
  t.deepEqual(
    problems.filter((problem) => !/400/.test(problem)),
    [],
  );

  await owner.page.goto(address);
  t.deepEqual(await faultsOf(owner.page, (kind) => shoot(owner.page, `let-an-app-in-${kind}`)), []);
});
