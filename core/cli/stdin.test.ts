import test from "ava";
import { readText } from "./stdin.ts";

test("a letter that comes in two pieces is one letter, and a byte order mark is none", async (t) => {
  const bytes = Buffer.from("\uFEFFHerons 🐦");

  t.is(await readText([bytes.subarray(0, 12), bytes.subarray(12)]), "Herons 🐦");
});

for (const [what, bytes] of [
  ["Latin-1", Buffer.from("Caf\u00e9", "latin1")],
  ["half a letter", Buffer.from("🐦").subarray(0, 3)],
  ["UTF-16", Buffer.from("\uFEFFhi", "utf16le")],
] as const)
  test(`${what} is refused with a remedy`, async (t) => {
    await t.throwsAsync(readText([bytes]), { name: "PublicError", message: /not UTF-8.*iconv/ });
  });
