import test from "ava";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { machine } from "../machine.testing.ts";
import { run } from "../process.testing.ts";
import { freePort } from "../../testing/free-port.ts";

test("theme dev serves a theme on the sample blog, tells of each save, shows what is wrong, and lives through the folder's end", async (t) => {
  const rookery = machine(t);
  const [folder] = (await rookery(["theme", "new", "nest", "--into", "mine"])).out;
  const port = await freePort();
  const server = run(t, ["theme", "dev", folder!, "--port", String(port)], { cwd: rookery.folder, env: {} });
  t.regex(await server.line(/^nest is at/), new RegExp(`http://localhost:${port}/`));
  await server.line(/^nest: 0 findings\./);
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const request = get({ host: "127.0.0.1", port, path, headers: { host: `localhost:${port}`, ...headers }, agent: false });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return response;
  };
  const read = async (path: string, headers?: Record<string, string>) => {
    const response = await ask(path, headers);
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece as Buffer);
    return { status: response.statusCode, text: Buffer.concat(pieces).toString() };
  };

  const home = await read("/");
  t.is(home.status, 200);
  t.regex(home.text, /class="h-feed"[\s\S]*<script type="module" src="\/_theme\/reload\.js">/);
  const sheet = /href="(\/assets\/nest\/[^"]+)"/.exec(home.text)![1]!;
  t.regex((await read(sheet)).text, /--radius/);
  t.regex((await read("/_theme/pages")).text, /twelve photos/);
  t.is((await read("/_theme/pages/3")).status, 200);
  t.is((await read("/nowhere")).status, 404);
  t.is((await read("/media/photo-1.jpg")).status, 200);
  t.is((await read("/", { host: "rebound.example" })).status, 421);

  const changes = await ask("/_theme/changes");
  changes.setEncoding("utf8");
  const told = new Promise<void>((resolve) => changes.on("data", (text: string) => text.includes("event: change") && resolve()));
  mkdirSync(join(folder!, "templates"));
  writeFileSync(join(folder!, "templates/home.njk"), "fine\n{{ [1] | batch(0) }}");
  await told;
  await server.line(/T309 templates\/home\.njk:2/);
  const broken = await read("/");
  t.is(broken.status, 500);
  t.regex(broken.text, /nest\/home\.njk, line 2, column/);
  changes.destroy();

  rmSync(folder!, { recursive: true });
  await server.line(/is not there at the moment/);
  t.regex((await read("/")).text, /no theme\.json/);
  server.child.kill("SIGTERM");
  t.is((await server.end()).code, 0);
});

test("theme dev takes a folder and a port that is free", async (t) => {
  const rookery = machine(t);

  t.is((await rookery(["theme", "dev", "nowhere"])).code, 1);
  t.is((await rookery(["theme", "dev", ".", "--port", "many"])).code, 2);
});
