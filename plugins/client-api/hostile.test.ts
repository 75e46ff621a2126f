import test from "ava";
import { open } from "./client-api.testing.ts";
import clientApi from "./plugin.ts";

const strange = "\u202E\uD800<script>🐦'\"; DROP TABLE p_client_api_links; --".toWellFormed();
const bodies = {
  "a form": {
    form: { id: strange, url: "http://[::1", username: strange, count: "-1", text: strange, token: "\0", minutes: "1e99" },
  },
  "numbers that are too large": {
    json: { id: 1e300, before_id: "99999999999999999999", count: 1e9, ids: [1e300], per_page: -5 },
  },
  "JSON of nothing": { headers: { "content-type": "application/json" }, body: "" },
  "JSON of a list": { json: [[["deep"]], { a: null }, 1e300] },
  "a type nobody knows": { headers: { "content-type": "image/png" }, body: "PNG" },
};
const words = ["x", "0", "-1", "99999999999999999999", encodeURIComponent(strange)];
const query =
  "?before_id=%00&since_id=1e9&count=-1&id=%F0%9F&q=%27&page=0&per_page=99999&ids=x,1&url=javascript:1&isbn=%00&since=x";

test("whoever has a key and sends garbage is refused in words that apps can read", async (t) => {
  const { host, ask, keyOf, kim } = await open(t, { allowUnexpected: true });
  const keys = [await keyOf(kim), "wrong"];
  const faults: string[] = [];
  let asked = 0;
  for (const route of clientApi.routes ?? [])
    for (const word of /[:*]/.test(route.path) ? words : ["x"]) {
      const path = route.path.replace(/\/\*\w*$/, `/${word}`).replace(/:\w+/g, word);
      const attacks = word === "x" && route.method !== "GET" ? Object.entries(bodies) : [["a query", {}] as const];
      for (const [name, hostile] of attacks) {
        // As many changes as a minute takes.
        const key = keys[asked++ % 20 === 0 ? 1 : 0]!;
        const more = hostile as { headers?: object };
        const answer = await ask(`${route.method} ${path}${query}`, { ...more, key });
        const isJson = /json/.test(answer.headers["content-type"] ?? "");
        if (
          answer.status >= 500 ||
          (!route.path.startsWith("/hybrid") && route.errors === "json" && answer.status >= 400 && !isJson && word !== words[3])
        )
          faults.push(`${route.method} ${path} with ${name}: ${answer.status} ${answer.text.slice(0, 100)}`);
      }
    }
  t.deepEqual(faults, []);
  t.deepEqual(host.failures(), []);
  t.true(asked > 200);
});

test("what is no address of the API says so in JSON, to pages elsewhere too", async (t) => {
  const { ask } = await open(t);
  for (const line of [
    "GET /posts/kim/nowhere/at/all",
    "POST /users/trending",
    "DELETE /posts",
    "GET /feeds/v2/nothing.json",
    "PUT /posts/1",
  ]) {
    const answer = await ask(line);
    t.true([404, 405].includes(answer.status), line);
    if (line === "DELETE /posts") continue;
    t.is((answer.json() as { error: string }).error, answer.status === 404 ? "not_found" : "method_not_allowed", line);
    t.is(answer.headers["access-control-allow-origin"], "*", line);
  }
});
