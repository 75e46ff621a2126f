import test from "ava";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { databases, mysqlServer } from "../storage/testing.ts";
import { emptyFolder, run } from "./process.testing.ts";
import { freePort } from "../testing/free-port.ts";

test("a start says where it is and how to set it up, answers, is refused a second time, and ends in order", async (t) => {
  const [cwd, port] = [emptyFolder(t), await freePort()];
  const env = { ROOKERY_PORT: String(port) };
  const first = run(t, ["start"], { cwd, env });

  t.is(await first.line(/./), `Rookery is at http://localhost:${port}`);
  const link = (await first.line(/./)).split(" ").at(-1)!;
  t.true(link.startsWith(`http://localhost:${port}/setup?token=`));
  const status = async (path: string) => (await fetch(`http://localhost:${port}${path}`, { redirect: "manual" })).status;
  t.is(await status("/healthz"), 200);
  t.is(await status("/readyz"), 200);
  t.true((await status(new URL(link).pathname + new URL(link).search)) < 400);

  const second = await run(t, ["start"], { cwd, env: { ROOKERY_PORT: String(await freePort()) } }).end();
  t.is(second.code, 1);
  t.regex(second.err, new RegExp(`^The data folder .* is in use .*process ${first.child.pid}.*\\n$`));

  first.child.kill("SIGTERM");
  t.is((await first.end()).code, 0);
  const again = run(t, ["start"], { cwd, env });
  t.is(await again.line(/./), `Rookery is at http://localhost:${port}`);
});

test("a port that is taken is one sentence and exit code 1", async (t) => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  t.teardown(() => holder.close());
  const { port } = holder.address() as { port: number };

  const { code, err } = await run(t, ["start"], { cwd: emptyFolder(t), env: { ROOKERY_PORT: String(port) } }).end();

  t.is(code, 1);
  t.regex(err, new RegExp(`${port}.*ROOKERY_PORT`));
  t.is(err.trim().split("\n").length, 1);
});

test("an unknown setting is one sentence naming the right one, before anything is made", async (t) => {
  const cwd = emptyFolder(t);

  const { code, err } = await run(t, ["start"], { cwd, env: { ROOKERY_PROT: "1" } }).end();

  t.is(code, 1);
  t.regex(err, /^There is no setting ROOKERY_PROT: did you mean ROOKERY_PORT.*\n$/);
  t.false(existsSync(join(cwd, "data")));
});

if (databases.includes("mysql"))
  test("a wrong database password is one sentence without the password, and exit code 1", async (t) => {
    const url = new URL("/rookery", mysqlServer);
    [url.username, url.password] = ["rookery-nobody", "hunter2"];

    const { code, err } = await run(t, ["start"], { cwd: emptyFolder(t), env: { DATABASE_URL: url.href } }).end();

    t.is(code, 1);
    t.regex(err, /check the user and password in DATABASE_URL/);
    t.is(err.trim().split("\n").length, 1);
    t.notRegex(err, /hunter2/);
  });

test("plugins hear that it started and that it stops", async (t) => {
  const [cwd, port] = [emptyFolder(t), await freePort()];
  const folder = join(cwd, "data/plugins/listener");
  const heard = join(cwd, "heard.txt");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "plugin.ts"),
    `import { appendFileSync } from "node:fs";
import { definePlugin } from "rookery/plugin";
const hear = (name: string) => () => appendFileSync(${JSON.stringify(heard)}, name + "\\n");
export default definePlugin({ id: "listener", name: "Listener", description: "Listens.", version: "1.0.0", api: 1,
  hooks: { "app.ready": hear("ready"), "app.stopping": hear("stopping") } });
`,
  );
  const env = { ROOKERY_PORT: String(port) };
  t.is((await run(t, ["migrate"], { cwd, env }).end()).code, 0);
  t.is((await run(t, ["plugin", "enable", "listener", "--yes"], { cwd, env }).end()).code, 0);

  const server = run(t, ["start"], { cwd, env });
  await server.line(/Rookery is at/);
  server.child.kill("SIGTERM");
  t.is((await server.end()).code, 0);

  t.is(readFileSync(heard, "utf8"), "ready\nstopping\n");
});

test("start --dev starts anew when a plugin of the data folder changes, and ends on a signal", async (t) => {
  const [cwd, port] = [emptyFolder(t), await freePort()];
  const server = run(t, ["start", "--dev"], { cwd, env: { ROOKERY_PORT: String(port) } });
  await server.line(/Rookery is at/);

  writeFileSync(join(cwd, "data/plugins/note.txt"), "new");
  await server.line(/Rookery is at/);
  t.is((await fetch(`http://localhost:${port}/healthz`)).status, 200);

  server.child.kill("SIGTERM");
  t.is((await server.end()).code, 0);
});
