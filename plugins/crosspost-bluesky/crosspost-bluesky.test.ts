import test from "ava";
import { pluginContract } from "rookery/testing";
import { handleIn } from "./find-server.ts";
import { facetsOf } from "./record.ts";
import { recordKey } from "./record-key.ts";
import { errorOf } from "./xrpc.ts";

pluginContract(test, import.meta.dirname, { requires: [`${import.meta.dirname}/../crosspost`] });

test("record keys are sound, sort by time, and are the same for one copy only", (t) => {
  const at = (moment: string, seed = "a") => recordKey(seed, new Date(moment));

  t.regex(at("2026-05-01T12:00:00Z"), /^[2-7a-j][2-7a-z]{12}$/);
  t.is(at("2026-05-01T12:00:00Z"), at("2026-05-01T12:00:00Z"));
  t.not(at("2026-05-01T12:00:00Z"), at("2026-05-01T12:00:00Z", "b"));
  t.true(at("2026-05-01T12:00:00.000Z") < at("2026-05-01T12:00:00.001Z"));
  t.regex(at("1969-01-01T00:00:00Z"), /^222222222[2-7a-z]{4}$/);
  t.regex(at("2200-01-01T00:00:00Z"), /^[2-7a-j][2-7a-z]{12}$/);
});

test("facets that cut a character, overlap, lie outside or lead nowhere are left out", (t) => {
  const [text, url] = ["😀 one two", "https://lee.example/"];
  const places = (...facets: [number, number, string?][]) =>
    facetsOf(
      text,
      facets.map(([start, end, to = url]) => ({ start, end, url: to })),
    ).map((one) => (one as { index: object }).index);

  t.deepEqual(places([7, 10], [3, 6]), [
    { byteStart: 5, byteEnd: 8 },
    { byteStart: 9, byteEnd: 12 },
  ]);
  t.deepEqual(places([0, 2]), [{ byteStart: 0, byteEnd: 4 }]);
  t.deepEqual(places([0, 1], [1, 3], [7, 99], [6, 6], [7, 3], [-1, 2]), []);
  t.deepEqual(places([3, 6], [5, 8]), [{ byteStart: 5, byteEnd: 8 }]);
  t.deepEqual(places([3, 6, "javascript:alert(1)"], [3, 6, "https://"], [3, 6, "mailto:kim@kim.example"]), []);
});

test("handles are names with a domain", (t) => {
  for (const typed of ["kim.example", "@Kim.bsky.social", " xn--bcher-kva.example ", "a-b.c.co"])
    t.truthy(handleIn(typed), typed);
  for (const typed of [
    "",
    "kim",
    "kim@kim.example",
    "kim..example",
    "-kim.example",
    "kim.example/x",
    "10.0.0.1",
    "kim.1",
    "bücher.example",
    "a".repeat(64) + ".example",
  ])
    t.is(handleIn(typed), null, typed);
});

test("every refusal of the service has its class", (t) => {
  const context = { clock: { now: () => new Date("2026-05-01T12:00:00Z") }, t: (key: string) => key };
  const kind = (status: number, error = "") => {
    const body = { error, message: "Words of\nthe service" };
    return errorOf(context, { server: "pds.example", status, isOk: false, headers: new Headers(), body, isMaking: false }).kind;
  };

  t.deepEqual([kind(429), kind(500), kind(503), kind(501)], ["rate", "transient", "transient", "transient"]);
  t.deepEqual([kind(400, "ConcurrentWrites"), kind(400, "InvalidSwap")], ["transient", "transient"]);
  t.deepEqual([kind(401), kind(403), kind(400, "ExpiredToken"), kind(400, "AccountTakedown")], ["auth", "auth", "auth", "auth"]);
  t.deepEqual([kind(400, "InvalidRequest"), kind(400, "BlobTooLarge"), kind(413), kind(404)], Array(4).fill("permanent"));
});
