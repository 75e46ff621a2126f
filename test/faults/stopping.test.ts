import test from "ava";
import { Agent } from "node:http";
import { install, start } from "./installation.ts";
import { read } from "./reader.ts";

// A route that answers when another one is asked, and a job that never ends.
const slow = `
import { definePlugin } from "rookery/plugin";
const gate = Promise.withResolvers<void>();
const begun = Promise.withResolvers<void>();
const atWork = Promise.withResolvers<void>();
const route = (path: string, run: (context: any) => Promise<void>) => ({
  method: "GET", on: "blog", access: "public", path,
  run: async ({ context }: any) => { await run(context); return { text: path }; },
}) as const;
export default definePlugin({
  id: "slow", name: "Slow", description: "Takes its time.", version: "1.0.0", api: 1,
  jobs: { endless: { run: () => { atWork.resolve(); return new Promise<void>(() => {}); } } },
  routes: [
    route("/slow", async () => { begun.resolve(); await gate.promise; }),
    route("/begun", () => begun.promise),
    route("/open", async () => gate.resolve()),
    route("/job", async (context) => { await context.enqueue("endless", {}); await atWork.promise; }),
  ],
});
`;

test("SIGTERM: what is under way ends well, readiness says no, jobs go back untried, and a second start is possible at once", async (t) => {
  const installation = await install(t, { slow });
  const first = await start(t, installation);
  const agents = [0, 1].map(() => new Agent({ keepAlive: true, maxSockets: 1 }));
  t.teardown(() => agents.forEach((agent) => agent.destroy()));
  const [from, idle] = agents.map((agent) => ({ port: first.port, host: installation.blog.host, agent }));
  const other = { port: first.port, host: installation.blog.host };
  t.is((await read(idle!, "/readyz")).status, 200);
  t.is((await read(other, "/job")).status, 200);

  const underWay = read(from!, "/slow");
  const opening = { ...other, agent: new Agent({ keepAlive: true, maxSockets: 1 }) };
  t.teardown(() => opening.agent.destroy());
  t.is((await read(opening, "/begun")).status, 200);
  first.child.kill("SIGTERM");
  await first.untilSaid(/finishing what is under way/);
  const readiness = await read(idle!, "/readyz");
  const opened = await read(opening, "/open");

  t.is(readiness.status, 503);
  t.regex(readiness.text, /stopping/);
  t.is(opened.status, 200);
  t.like(await underWay, { status: 200, text: "/slow" });
  await t.throwsAsync(read(other, "/"), { message: /ECONNREFUSED/ });
  t.is(await first.ended, 0);
  const jobs = await installation.open((house) =>
    house.storage.query("SELECT state, attempts, lease FROM jobs WHERE name = 'endless'"),
  );
  t.deepEqual(
    jobs.map((job) => ({ ...job })),
    [{ state: "waiting", attempts: 0, lease: null }],
  );

  const second = await start(t, installation);
  t.is((await read({ ...other, port: second.port }, "/")).status, 200);
  t.is((await read({ ...other, port: second.port }, "/job")).status, 200);
  second.child.kill("SIGTERM");
  await second.untilSaid(/finishing what is under way/);
  second.child.kill("SIGTERM");
  t.is(await second.ended, 1);
});
