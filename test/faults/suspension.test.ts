import test from "ava";
import { openDashboard, PlainBrowser, setUp } from "../../admin/testing.ts";
import { machine } from "../../core/cli/machine.testing.ts";
import { startSession } from "../../core/people/sessions.ts";

const password = "seven herons in the reeds";

async function withAna(t: Parameters<typeof openDashboard>[0]) {
  const dashboard = await openDashboard(t);
  await setUp(dashboard);
  const { house, url } = dashboard;
  // Another process than the server's, as an operator's is.
  const env = { ROOKERY_DATA: house.settings.dataFolder, ROOKERY_URL: url };
  const rookery = machine(t, env);
  const type = async (words: string, input = "") => {
    const { code, out, err } = await rookery(words.split(" "), input);
    if (code !== 0) throw new Error(err.join("\n"));
    return out.at(-1)!;
  };
  await type("account create --username ana --role admin --password-stdin", password);
  const ana = new PlainBrowser(url);
  const signIn = async () => {
    await ana.get("/signin");
    return (await ana.post("/signin", { name: "ana", password, next: "/" })).status;
  };
  const metrics = async (token: string) =>
    (await fetch(new URL("/metrics", url), { headers: { authorization: `Bearer ${token}` } })).status;
  return { house, url, type, ana, signIn, metrics };
}

test("a suspended person's sessions and app tokens stop at once; let in again the tokens work and the sessions begin anew", async (t) => {
  const { type, ana, signIn, metrics } = await withAna(t);
  const token = await type("token create --username ana --scope metrics");
  t.is(await signIn(), 303);
  t.deepEqual([(await ana.get("/account")).status, await metrics(token)], [200, 200]);

  await type("account suspend ana");

  const page = await ana.get("/account");
  t.deepEqual([page.status, page.location?.startsWith("/signin")], [303, true]);
  t.is((await ana.post("/signout", {})).status, 401);
  t.is(await metrics(token), 401);
  t.is(await signIn(), 403);

  await type("account restore ana");

  t.is(await metrics(token), 200);
  t.is((await ana.get("/account")).status, 303);
  t.is(await signIn(), 303);
  t.is((await ana.get("/account")).status, 200);
});

test("a session that a sign-in finished just after the suspension is not alive when the person is let in again", async (t) => {
  const { house, url, type } = await withAna(t);
  const [row] = await house.storage.query<{ id: string }>("SELECT id FROM accounts WHERE username = 'ana'");
  await type("account suspend ana");
  const { cookie } = await house.storage.write((db) =>
    startSession(db, row!.id, { userAgent: "test", address: "" }, house.clock.now()),
  );
  const status = async () =>
    (await fetch(new URL("/account", url), { redirect: "manual", headers: { cookie: `rk=${cookie}` } })).status;

  t.is(await status(), 303);
  await type("account restore ana");
  t.is(await status(), 303);
});
