import test from "ava";
import type { TestHost } from "../test-host.ts";
import { crosspostTargetContract, type TargetContractOptions } from "../target-contract.ts";
import { pluginFolder, source, verdicts } from "./verdicts.testing.ts";

// A sound target for a service that knows a key; each of the others breaks one thing of it.
const sound = source(
  "odd",
  `capabilities: ["posts:read", "network:fetch"], hosts: ["far.example"],
   services: { target: (context) => ({
     targets: () => [{ id: "kim", service: "Far", account: "@kim@far.example",
       limits: { chars: 100, unit: "grapheme", edit: true, delete: true } }],
     rule: () => ({ isOn: true }),
     preview: (_target, post, text) => ({ text: (text ?? post.source).slice(0, 100), isTruncated: false, images: 0, notes: [] }),
     send: (request) => tell(context, "POST", "/posts", request.key),
     update: (request) => tell(context, "PUT", "/posts/" + request.key, request.key),
     remove: (request) => tell(context, "DELETE", "/posts/" + request.key, request.key),
   }) }`,
  `async function tell(context, method, path, key) {
  const response = await context().fetch("https://far.example" + path, { method, headers: { "idempotency-key": key } });
  if (response.status >= 500) return { state: "later", reason: "Far is ill." };
  if (response.status === 404 && method === "DELETE") return { state: "sent" };
  if (!response.ok) return { state: "failed", reason: "Far refuses it." };
  return { state: "sent", url: "https://far.example/posts/" + key, copy: { key } };
}`,
);

function service(): TargetContractOptions {
  const posts = new WeakMap<TestHost, Set<string>>();
  const of = (host: TestHost) => posts.get(host)!;
  return {
    prepare(host) {
      posts.set(host, new Set());
      host.network.on("POST https://far.example/posts", ({ headers }) => {
        of(host).add(headers["idempotency-key"] ?? crypto.randomUUID());
        return { json: {} };
      });
      host.network.on("PUT https://far.example/posts/*", { json: {} });
      host.network.on("DELETE https://far.example/posts/*", ({ headers }) => ({
        status: of(host).delete(headers["idempotency-key"] ?? "") ? 200 : 404,
      }));
      return "odd/kim";
    },
    copies: (host) => of(host).size,
    failNext: (host, how) => host.network.once("POST https://far.example/posts", { status: how === "for now" ? 503 : 422 }),
  };
}

const bad: readonly (readonly [string, string, string, string, RegExp])[] = [
  ["an id that is no ASCII", 'id: "kim"', 'id: "kïm"', "targets, rules", /among the targets|ASCII/],
  ["a preview longer than the limit", ".slice(0, 100)", "", "targets, rules", /keeps the limit/],
  [
    "a copy without an end",
    '"/posts", request.key)',
    '"/posts", request.key + request.attempt)',
    "makes no second one",
    /still one copy/,
  ],
  ["what is for good tried again", 'state: "failed"', 'state: "later"', "fails for now", /waiting|failed/],
  ["what is for now given up", 'state: "later"', 'state: "failed"', "fails for now", /waiting|failed/],
  [
    "a copy that is gone called a failure",
    'response.status === 404 && method === "DELETE"',
    "false",
    "changed and removed",
    /removed/,
  ],
];

test("a sound target keeps the whole contract", async (t) => {
  const folder = pluginFolder(t, "odd", { "plugin.ts": sound });
  t.deepEqual(await verdicts((one) => crosspostTargetContract(one, folder, service())), {});
});

for (const [name, part, broken, only, expected] of bad)
  test(`the target contract tells of ${name}`, async (t) => {
    t.true(sound.includes(part), "the part that is broken is there");
    const folder = pluginFolder(t, "odd", { "plugin.ts": sound.replace(part, broken) });

    const found = await verdicts((one) => crosspostTargetContract(one, folder, service()), only);

    t.regex(Object.values(found).join("\n"), expected, JSON.stringify(found));
  });
