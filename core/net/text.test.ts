import test from "ava";
import { TextRefused, cleanText, decodeUtf8 } from "./text.ts";

test("UTF-8 is decoded without its byte order mark", (t) => {
  t.is(decodeUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0xc3, 0xbc])), "ü");
});

for (const [title, bytes] of [
  ["a cut character", [0x61, 0xc3]],
  ["an overlong slash", [0xc0, 0xaf]],
  ["an encoded surrogate", [0xed, 0xa0, 0x80]],
  ["Latin-1", [0xfc, 0x62]],
] as const) {
  test(`${title} is refused instead of replaced`, (t) => {
    t.is(t.throws(() => decodeUtf8(new Uint8Array(bytes)), { instanceOf: TextRefused }).reason, "not-utf-8");
  });
}

test("control characters go, tabs and line ends stay, and nothing is normalised", (t) => {
  t.is(cleanText("a\u0007b\tc\r\nd\re\u001b[1m\u00e9e\u0301"), "ab\tc\nd\ne[1m\u00e9e\u0301");
});

test("NUL and lone surrogates are refused", (t) => {
  t.is(t.throws(() => cleanText("a\0b"), { instanceOf: TextRefused }).reason, "nul");
  t.is(t.throws(() => cleanText("a\ud800b"), { instanceOf: TextRefused }).reason, "lone-surrogate");
});
