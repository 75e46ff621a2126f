import test from "ava";
import { pluginContract } from "rookery/testing";
import { serverIn } from "./server-address.ts";

pluginContract(test, import.meta.dirname, { requires: [`${import.meta.dirname}/../crosspost`] });

const addresses: readonly (readonly [string, string | null, string | null])[] = [
  ["@kim@birds.example", "https://birds.example", "kim"],
  ["kim@birds.example", "https://birds.example", "kim"],
  ["acct:kim@birds.example", "https://birds.example", "kim"],
  [" birds.example ", "https://birds.example", null],
  ["birds.example:8443", "https://birds.example:8443", null],
  ["https://birds.example/@kim/110", "https://birds.example", "kim"],
  ["https://Birds.Example/about", "https://birds.example", null],
  ["vögel.example", "https://xn--vgel-5qa.example", null],
  ["@kim@127.0.0.1:4000", "http://127.0.0.1:4000", "kim"],
  ["http://localhost:4000", "http://localhost:4000", null],
  ["http://birds.example", null, null],
  ["http://localhost.evil.example", null, null],
  ["http://localhost@evil.example/", null, null],
  ["https://kim:word@birds.example", null, null],
  ["ftp://birds.example", null, null],
  ["javascript://birds.example/%0aalert(1)", null, null],
  ["@kim", null, null],
  ["birds", null, null],
  ["", null, null],
  ["two words.example", null, null],
];

for (const [typed, origin, user] of addresses)
  test(`“${typed}” is ${origin ?? "no server"}`, (t) => {
    t.deepEqual(serverIn(typed), origin === null ? null : { origin, user });
  });
