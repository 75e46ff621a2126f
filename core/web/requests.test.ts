import test from "ava";
import { rangeOf } from "./blog-site.ts";
import { cookieLine, cookieNames, readCookies } from "./cookies.ts";
import { addressOf, hostOf } from "./hosts.ts";
import { limitKey, RateLimit } from "./limits.ts";
import { headersOf } from "./reply.ts";

for (const [header, host] of [
  ["kim.example", "kim.example"],
  ["KIM.example:8080", "kim.example"],
  ["kim.example.", "kim.example"],
  ["127.0.0.1:80", "127.0.0.1"],
  ["[::1]:8080", "[::1]"],
  ["a b", null],
  ["x/../y", null],
  ["kim@lee.example", null],
  ["kim%0d%0a", null],
  ["", null],
  [undefined, null],
  ["x".repeat(254), null],
] as const) {
  test(`Host “${String(header).slice(0, 30)}” is ${host ?? "refused"}`, (t) => t.is(hostOf(header), host));
}

test("the client's address is believed only from trusted proxies, from the right", (t) => {
  const trusted = (address: string) => address.startsWith("10.");

  t.is(addressOf("::ffff:8.8.8.8", "1.2.3.4", trusted), "8.8.8.8");
  t.is(addressOf("10.0.0.1", "1.2.3.4, 5.6.7.8", trusted), "5.6.7.8");
  t.is(addressOf("10.0.0.1", "1.2.3.4, 10.0.0.2", trusted), "1.2.3.4");
  t.is(addressOf("10.0.0.1", undefined, trusted), "10.0.0.1");
});

test("a limit lets a burst through, then by the minute, and forgets nobody's debt too soon", (t) => {
  const limit = new RateLimit({ perMinute: 60, burst: 2 });

  t.deepEqual([limit.take("a", 0), limit.take("a", 0), limit.take("a", 0) > 0, limit.take("b", 0)], [0, 0, true, 0]);
  t.is(limit.take("a", 1100), 0);
});

test("an IPv6 customer counts once for all of a /64", (t) => {
  t.is(limitKey("2001:db8:1:2:3:4:5:6"), limitKey("2001:db8:1:2::9"));
  t.not(limitKey("2001:db8:1:2::1"), limitKey("2001:db8:1:3::1"));
  t.is(limitKey("192.0.2.1"), "192.0.2.1");
});

for (const [header, range] of [
  ["bytes=0-99", { from: 0, until: 99 }],
  ["bytes=900-", { from: 900, until: 999 }],
  ["bytes=-100", { from: 900, until: 999 }],
  ["bytes=0-9999", { from: 0, until: 999 }],
  ["bytes=1000-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=0-1,5-6", null],
  ["items=0-1", null],
  ["bytes=-", null],
] as const) {
  test(`Range “${header}” of 1000 bytes is ${JSON.stringify(range)}`, (t) => t.deepEqual(rangeOf(header, 1000), range));
}

test("cookies are read once per name and written out of the reach of scripts", (t) => {
  t.deepEqual(
    [...readCookies("a=1; b=2; a=3; bad")],
    [
      ["a", "1"],
      ["b", "2"],
    ],
  );
  t.is(cookieNames(true).session, "__Host-rk");
  t.is(cookieLine("rk", "x", { isSecure: true, seconds: 60 }), "rk=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
});

test("a header that would break out of its line is left out", (t) => {
  const headers = headersOf({ status: 200, headers: { "x-good": "1", "x-bad": "1\r\nset-cookie: a=b", "bad name": "1" } });

  t.is(headers["x-good"], "1");
  t.false("x-bad" in headers);
  t.false("bad name" in headers);
  t.is(headersOf({ redirect: "/a\r\nb" }).location, "/a%0D%0Ab");
});
