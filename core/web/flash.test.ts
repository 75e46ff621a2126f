import test from "ava";
import { flashFrom, flashValue } from "./flash.ts";

const undo = { path: "/b/kim.example/posts/01JPOST0000000000000000000/undo", fields: { version: "1" }, label: "Undo" };

test("a flash comes out of its cookie as it went in, with and without Undo", (t) => {
  t.deepEqual(flashFrom(flashValue("Saved, 100 % – “well”.")), { text: "Saved, 100 % – “well”." });
  t.deepEqual(flashFrom(flashValue({ text: "Published.", undo })), { text: "Published.", undo });
  t.is(flashFrom(undefined), null);
});

test("a cookie that is not ours leads nowhere", (t) => {
  const forged = (path: unknown) => flashFrom(encodeURIComponent(JSON.stringify({ text: "x", undo: { ...undo, path } })));
  for (const path of ["//evil.example/", "https://evil.example/", "/account/delete", "/b/kim.example/posts/x/erase", 5])
    t.deepEqual(forged(path), { text: "x" });
  t.is(flashFrom("%E0%A4%A"), null);
  t.is(flashFrom("%7Bnot"), null);
  t.is(flashFrom(encodeURIComponent('{"text":5}')), null);
});
