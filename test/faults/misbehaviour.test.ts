import test from "ava";
import { install, start } from "./installation.ts";
import { sendRaw } from "./raw-socket.ts";
import { read } from "./reader.ts";

const rude = `
import { connect } from "node:net";
import { definePlugin } from "rookery/plugin";
const cyclic: any = {};
cyclic.self = cyclic;
const answers: Record<string, () => any> = {
  reject: () => { void Promise.reject(new Error("left a rejection")); return { text: "fine" }; },
  later: () => { void Promise.resolve().then(() => { throw new Error("threw later"); }); return { text: "fine" }; },
  timer: () => { setTimeout(() => { throw new Error("threw in a timer"); }, 0); return { text: "fine" }; },
  socket: () => { connect(1, "127.0.0.1"); return { text: "fine" }; },
  nothing: () => { throw undefined; },
  split: () => ({ text: "x", headers: { "x-a": "b\\r\\nset-cookie: stolen=1\\r\\n\\r\\n<script>" } }),
  name: () => ({ text: "x", headers: { "x-a: b\\r\\nset-cookie": "stolen=1" } }),
  unicode: () => ({ text: "x", headers: { "x-a": "\\u{1f426}" } }),
  script: () => ({ redirect: "javascript:alert(1)" }),
  data: () => ({ redirect: "data:text/html,<script>" }),
  odd: () => ({ redirect: "java\\tscript:alert(1)" }),
  status: () => ({ status: 42, text: "x" }),
  word: () => "just a word",
  cyclic: () => ({ json: cyclic }),
  huge: () => ({ text: "x".repeat(60_000_000) }),
  length: () => ({ text: "whole", headers: { "Content-Length": "2", "transfer-encoding": "chunked", connection: "upgrade" } }),
  hang: () => new Promise(() => {}),
};
export default definePlugin({
  id: "rude", name: "Rude", description: "Does everything wrong.", version: "1.0.0", api: 1,
  routes: Object.entries(answers).map(([name, answer]) =>
    ({ method: "GET", on: "blog", access: "public", path: "/" + name, run: async () => answer() }) as const),
});
`;

const failing: [name: string, sentence: RegExp][] = [
  ["nothing", /left no message/],
  ["split", /line break/],
  ["name", /header name/],
  ["unicode", /no header may have/],
  ["script", /neither http nor https/],
  ["data", /neither http nor https/],
  ["odd", /neither http nor https/],
  ["status", /status 42/],
  ["word", /no reply/],
  ["cyclic", /circular/i],
  ["huge", /60000000 bytes/],
  ["hang", /took longer than 10000 ms/],
];
const leaving: [name: string, sentence: string][] = [
  ["reject", "left a rejection"],
  ["later", "threw later"],
  ["timer", "threw in a timer"],
  ["socket", "ECONNREFUSED"],
];

test("a plugin that does everything wrong costs its own answers and is named for it; the process lives", async (t) => {
  const installation = await install(t, { rude });
  const running = await start(t, installation);
  const from = { port: running.port, host: installation.blog.host };
  const said = () => running.lines.join("");

  const answers = await Promise.all(failing.map(async ([name]) => [name, await read(from, `/${name}`)] as const));
  for (const [name, { status, text }] of answers) {
    t.is(status, 500, name);
    t.regex(text, /This part failed/, name);
  }
  for (const [name, sentence] of failing) {
    const line = said()
      .split("\n")
      .find((one) => one.includes(`rude: route GET /${name}:`));
    t.regex(line ?? said(), sentence, name);
  }
  const split = await sendRaw(running.port, `GET /split HTTP/1.1\r\nHost: ${from.host}\r\n\r\n`);
  t.notRegex(split.text, /stolen/);
  t.like(await read(from, "/length"), { status: 200, text: "whole" });

  for (const [name, sentence] of leaving) {
    t.like(await read(from, `/${name}`), { status: 200, text: "fine" });
    await running.untilSaid(new RegExp(`rude: route GET /${name} \\(left behind\\): .*${sentence}`));
    t.is((await read(from, "/")).status, 200);
  }
  t.is(running.child.exitCode, null);
  running.child.kill("SIGTERM");
  t.is(await running.ended, 0);
});
