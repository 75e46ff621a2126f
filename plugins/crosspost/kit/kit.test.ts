import test from "ava";
import type { CrosspostError } from "../crosspost-error.ts";
import { ask, refusal, RenewedTokens, retryAt, originOf, type Answer } from "../kit.ts";

const now = new Date("2026-05-01T12:00:00.000Z");
const moments: readonly (readonly [Record<string, string>, string])[] = [
  [{ "retry-after": "90" }, "2026-05-01T12:01:30.000Z"],
  [{ "retry-after": "1.5" }, "2026-05-01T12:00:01.500Z"],
  [{ "retry-after": "Fri, 01 May 2026 12:30:00 GMT" }, "2026-05-01T12:30:00.000Z"],
  [{ "x-ratelimit-reset": "2026-05-01T12:10:00.123456Z" }, "2026-05-01T12:10:00.123Z"],
  [{ "x-ratelimit-reset": "1777637400" }, "2026-05-01T12:10:00.000Z"],
  [{ "x-rate-limit-reset": "1777637400000" }, "2026-05-01T12:10:00.000Z"],
  [{ "ratelimit-reset": "1777637400" }, "2026-05-01T12:10:00.000Z"],
  [{ "ratelimit-reset": "600" }, "2026-05-01T12:10:00.000Z"],
  [{ "retry-after": "0" }, "2026-05-01T12:00:00.000Z"],
  [{ "retry-after": "99999999" }, "2026-05-02T12:00:00.000Z"],
  [{ "retry-after": "9".repeat(400) }, "2026-05-02T12:00:00.000Z"],
  [{ "x-ratelimit-reset": "2020-01-01T00:00:00Z" }, "2026-05-01T12:05:00.000Z"],
  [{ "retry-after": "soon", "x-ratelimit-reset": "later" }, "2026-05-01T12:05:00.000Z"],
  [{ "retry-after": "-5", "ratelimit-reset": "60" }, "2026-05-01T12:01:00.000Z"],
  [{}, "2026-05-01T12:05:00.000Z"],
];

for (const [headers, moment] of moments)
  test(`too many requests, ${JSON.stringify(headers).slice(0, 60)}: again at ${moment}`, (t) => {
    t.is(retryAt(new Headers(headers), now), moment);
  });

const context = {
  clock: { now: () => now },
  t: (key: string, values?: object) => `${key} ${JSON.stringify(values)}`,
};

test("an answer that is an error is told in its class, by what all services say and what this one says its own way", (t) => {
  const made = (status: number, more: Partial<Answer> = {}) =>
    refusal(
      context,
      { server: "nest.example", status, isOk: false, headers: new Headers(), body: {}, isMaking: false, ...more },
      { said: (body) => body.error, kindOf: (_, said) => (said === "locked" ? "auth" : undefined) },
    );
  const kinds = (...all: readonly CrosspostError[]) => all.map(({ kind }) => kind);

  t.deepEqual(kinds(made(401), made(400), made(404), made(422)), ["auth", "permanent", "permanent", "permanent"]);
  t.deepEqual(kinds(made(429), made(500), made(503), made(408)), ["rate", "transient", "transient", "transient"]);
  t.deepEqual(kinds(made(502), made(502, { isMaking: true }), made(504, { isMaking: true })), [
    "transient",
    "unknown",
    "unknown",
  ]);
  t.like(made(503, { headers: new Headers({ "retry-after": "60" }) }), { kind: "rate", retryAt: "2026-05-01T12:01:00.000Z" });
  t.is(made(422, { body: { error: "locked" } }).kind, "auth");
  t.regex(made(422, { body: { error: "<b>Too</b>\n\u0000 long" } }).message, /^service\.said .*"Too long"/);
  t.true(made(422, { body: { error: "x".repeat(5000) } }).message.length < 400);
  for (const error of [7, null, ["x"], { error: "x" }]) t.regex(made(500, { body: { error } }).message, /^service\.busy /);
});

test("what a service sends is an answer or trouble, never anything else", async (t) => {
  const asked = (reply: Response | Error, isMaking = false) =>
    ask(
      { ...context, fetch: async () => (reply instanceof Error ? Promise.reject(reply) : reply) },
      { url: "https://nest.example/x", isMaking },
    ).then(
      ({ body }) => body,
      ({ kind }: CrosspostError) => kind,
    );
  const json = (text: string, status = 200) => new Response(text, { status });

  t.deepEqual(await asked(json('{"id":1}')), { id: 1 });
  t.deepEqual(await asked(json("")), {});
  t.is(await asked(json(""), true), "unknown");
  t.is(await asked(json("<html>")), "transient");
  t.is(await asked(json("7"), true), "unknown");
  t.deepEqual(await asked(json("<html>", 500), true), {});
  t.is(await asked(Object.assign(new Error(), { reason: "timeout" }), true), "unknown");
  t.is(await asked(Object.assign(new Error(), { reason: "address" }), true), "transient");
  t.is(await asked(Object.assign(new Error(), { reason: "timeout" })), "transient");
});

test("tokens that are over are renewed once, whoever waits has what the other made, and it is written down before it is used", async (t) => {
  const tokens = new RenewedTokens<{ at: number; access: string }>();
  const here = { blog: { id: "b" } as never };
  let stored = { at: 1, access: "old" };
  const seen: string[] = [];
  const use = (isEver = false) =>
    tokens.use(here, "kim", {
      stored: () => stored,
      work: async ({ access }) => (seen.push(access), access),
      isOver: (answer) => answer === "old" || isEver,
      renew: async () => (await Promise.resolve(), { at: 1, access: `new ${seen.push("renew")}` }),
      save: async ({ access }) => seen.push(`saved ${access}`),
    });

  t.deepEqual(await Promise.all([use(), use(), use()]), ["new 4", "new 4", "new 4"]);
  t.deepEqual(seen, ["old", "old", "old", "renew", "saved new 4", "new 4", "new 4", "new 4"]);
  t.is(await use(), "new 4");
  stored = { at: 9, access: "connected again" };
  t.is(await use(), "connected again");
  seen.length = 0;
  t.is(await use(true), "new 2", "over again at once: that is the answer");
});

test("servers are https, or on this machine, and nothing but an origin counts", (t) => {
  t.is(originOf("https://pds.example/x?y#z"), "https://pds.example");
  t.is(originOf("http://localhost:2583"), "http://localhost:2583");
  const wrong = [
    "http://pds.example",
    "http://localhost.example",
    "https://kim@pds.example",
    "pds.example",
    "data:,x",
    "",
    null,
    7,
    {},
  ];
  for (const one of wrong) t.is(originOf(one), null, String(one));
});
