import test from "ava";
import type { Connection } from "../hooks/fields.ts";
import { createTestHost } from "../testing/test-host.ts";
import { definePlugin } from "./define-plugin.ts";

const heard: unknown[] = [];

const asker = definePlugin({
  id: "asker",
  name: "Asker",
  description: "Asks services.",
  version: "1.0.0",
  api: 1,
  jobs: {
    ask: {
      run: async (_data, context) => {
        for (const { service } of context.services("asker.word" as never)) heard.push((service as { word(): unknown }).word());
      },
    },
  },
});

const speaker = definePlugin({
  id: "speaker",
  name: "Speaker",
  description: "Speaks.",
  version: "1.0.0",
  api: 1,
  requires: { plugins: { asker: "^1.0.0" } },
  settings: { word: { type: "text", label: "Word" }, place: { type: "oauth", label: "Place" } },
  connections: {
    place: { fields: { code: { type: "text", label: "Code" } }, connect: async () => Promise.reject(new Error()) },
  },
  services: {
    ["asker.word" as never]: ((context: () => { settings: { word?: string; place?: Connection } }) => ({
      word: () => `${context().settings.word} ${JSON.stringify(context().settings.place?.tokens)}`,
    })) as never,
  },
});

test("services are asked with the settings of now, also right after a start, a change elsewhere or a renewed connection", async (t) => {
  const host = await createTestHost(t, { plugins: [asker, speaker] });
  const { host: plugins } = host.house;
  const contextOf = (plugin: unknown) => plugins.contexts.make(plugin as never, host.scope(), {}, new AbortController().signal);
  const ask = async () => {
    await contextOf(asker).enqueue("ask", {});
    await host.runJobs();
    return heard.at(-1);
  };

  await host.set("speaker", { word: "chirp" });
  await plugins.connect("speaker", "place", { account: "kim", expiresAt: null, tokens: 1 }, { blog: host.blog });
  t.is(await ask(), "chirp 1");
  plugins.contexts.forgetSettings();
  t.is(await ask(), "chirp 1");
  await contextOf(speaker).renewConnection("place", { account: "kim", expiresAt: null, tokens: 2 });
  t.is(await ask(), "chirp 2");
});
