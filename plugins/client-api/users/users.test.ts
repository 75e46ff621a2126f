import test from "ava";
import { open } from "../client-api.testing.ts";

test("people are followed, muted, blocked, found and unfollowed", async (t) => {
  const { ask, keyOf, lee } = await open(t);
  const key = await keyOf(lee);
  const get = async (path: string) => (await ask(`GET ${path}`, { key })).json();
  const post = async (path: string, form: object = {}) => (await ask(`POST ${path}`, { key, form })).json();

  t.deepEqual(await post("/users/follow?username=@kim"), {});
  t.deepEqual(await post("/users/follow", { username: "ana.example" }), {});
  t.deepEqual(await get("/users/is_following?username=kim"), { is_following: true, is_you: false });
  t.deepEqual(await get("/users/is_following?username=lee"), { is_following: false, is_you: true });
  t.like(await post("/users/follow", { username: "lee" }), { error: "invalid_request" });
  t.like(await post("/users/follow", { username: "nobody" }), { error: "not_found" });
  t.like(await post("/users/follow"), { error: "invalid_request" });
  const mine = (await get("/users/following/lee")) as { username: string }[];
  t.deepEqual(
    mine.map(({ username }) => username),
    ["kim", "ana.example"],
  );
  t.like(mine[0], { name: "Kim", is_following: true, is_you: false });
  t.deepEqual(await get("/users/discover/lee"), []);
  t.deepEqual(await get("/users/following/kim"), []);
  t.like(((await get("/users/search?q=an")) as object[])[0], { username: "ana", name: "Ana" });
  t.deepEqual(await get("/users/search?q="), []);
  t.deepEqual(await get("/users/pins/kim"), []);

  const muted = (await post("/users/mute", { username: "kim", is_hiding_other_replies: "true" })) as { id: number };
  t.like(muted, { username: "kim", keyword: null, domain: null, is_hiding_other_replies: true });
  t.like(await post("/users/mute", { keyword: "Heron" }), { username: null, keyword: "heron", is_hiding_other_replies: false });
  t.like(await post("/users/mute"), { error: "invalid_request" });
  for (const path of ["/users/mute", "/users/block"])
    t.like(await post(path, { username: "@Lee" }), { error_description: "This is your own name." }, path);
  t.like(await get("/users/is_following"), { error: "invalid_request" });
  t.like(await post("/users/report"), { error: "invalid_request" });
  t.like(await post(`/users/muting/${muted.id}`, { is_hiding_other_replies: "false" }), { is_hiding_other_replies: false });
  t.is(((await get("/users/muting")) as object[]).length, 2);
  t.deepEqual(
    (await ask(`DELETE /users/muting/${muted.id}`, { key, headers: { "content-type": "application/json" } })).json(),
    {},
  );
  t.is((await ask(`DELETE /users/muting/${muted.id}`, { key })).status, 404);
  t.is((await ask("DELETE /users/muting/x", { key })).status, 404);
  const blocked = (await post("/users/block", { username: "kim" })) as { id: number };
  t.deepEqual(await get("/users/blocking"), [{ id: blocked.id, username: "kim" }]);
  t.deepEqual(await get("/users/is_following?username=kim"), { is_following: false, is_you: false });
  t.deepEqual(await post("/users/unblock", { id: String(blocked.id) }), {});
  t.deepEqual(await get("/users/blocking"), []);
  t.deepEqual(await post("/users/unfollow", { username: "http://ana.example/" }), {});
  t.deepEqual(await post("/users/unfollow", { username: "kim" }), {});
  t.deepEqual(await get("/users/following/lee"), []);
  // Moderation is not here.
  t.like(await post("/users/report", { username: "kim" }), { error: "not_available" });

  const device = { device_token: "abc", push_env: "production", app_name: "Micro.blog" };
  t.deepEqual(await post("/users/push/register", device), { status: "success" });
  t.deepEqual(await post("/users/push/register", device), { status: "success" });
  t.deepEqual(await get("/users/push/info?device_token=abc"), [
    { device_token: "abc", push_env: "production", app_name: "Micro.blog" },
  ]);
  t.deepEqual(await post("/users/push/unregister", device), {});
  t.deepEqual(await get("/users/push/info"), []);
  t.is((await ask("POST /users/follow", { form: { username: "kim" } })).status, 401);
});

test("an app does what it was let in for; those of the field may do all, as their makers expect", async (t) => {
  const { host, ask, lee } = await open(t);
  const token = (scopes: string[]) => host.token({ scopes, account: lee, blog: null });
  const [reads, writes] = [await token(["read"]), await token(["create"])];
  t.is((await ask("GET /posts/timeline", { key: reads })).status, 200);
  const refused = await ask("POST /users/follow", { key: reads, form: { username: "kim" } });
  t.deepEqual([refused.status, (refused.json() as { error: string }).error], [403, "insufficient_scope"]);
  const verify = async () => (await ask("POST /account/verify", { form: { token: writes } })).json() as object;
  t.is((await ask("GET /posts/timeline", { key: writes })).status, 200, "a key made by hand");
  t.like(await verify(), { username: "lee", is_fullaccess: true });
  const shown = await host.get("/");
  t.regex(shown.text, /<link rel="subscribe" href="http:\/\/hub\.example[^"]*\/users\/follow">/);
  t.is((await ask("GET /users/follow?username=kim")).headers.location, "/people/kim");
  const from = (client: string) => host.house.storage.write((db) => db.run("UPDATE app_tokens SET client_id = ?", [client]));
  await from("https://other.example/");
  t.is((await ask("GET /posts/timeline", { key: writes })).status, 403);
  t.like(await verify(), { username: "lee", email: "", is_fullaccess: false });
  await from("https://micro.blog/");
  t.is((await ask("GET /posts/timeline", { key: writes })).status, 200);
});
