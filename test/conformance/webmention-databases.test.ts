import test from "ava";
import type { Plugin } from "../../core/host/manifest.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import { createTestHost } from "../../core/testing/test-host.ts";
import { isThere } from "./webmention/installed.testing.ts";

// The plugin has tables of its own: sending and receiving work on each database.
const check = isThere ? test : test.skip;
if (!isThere) test.skip("webmentions on each database (plugins/webmention is not there)", () => {});

for (const dialect of databases)
  check(`${dialect}: a link is told once and again after an edit; a reply comes, changes and goes`, async (t) => {
    const folder = new URL("../../plugins/webmention", import.meta.url).pathname;
    const { default: plugin } = (await import(`${folder}/plugin.ts`)) as { default: Plugin };
    const host = await createTestHost(t, { plugins: [{ plugin, folder }], databaseUrl: await testDatabase(t, dialect) });
    const { network } = host;
    const later = async () => {
      host.clock.advance({ minutes: 1 });
      await host.runJobs();
    };
    network.on("GET https://lee.example/größe", { html: '<link rel="webmention" href="/wm">' });
    network.on("GET https://lee.example/gr%C3%B6%C3%9Fe", { html: '<link rel="webmention" href="/wm">' });
    network.on("POST https://lee.example/wm", { status: 400, text: "Nein, 😀 größer" });
    const post = await host.publish({ html: '<a href="https://lee.example/größe">x</a>' });
    await later();
    await host.edit(post, { html: '<a href="https://lee.example/größe">x</a> more' });
    await later();
    t.is(network.sent("POST https://lee.example/wm").length, 2);

    const source = "https://ana.example/größe";
    const html = (words: string) =>
      `<div class="h-entry"><a class="u-in-reply-to" href="${post.url}"></a><p class="e-content">${words}</p></div>`;
    for (const words of ["😀 größer", "größer noch"]) {
      network.on("GET https://ana.example/*", { html: html(words) });
      t.is((await host.post("/webmention", { source, target: post.url })).status, 201);
      await later();
      t.regex((await host.conversation(post))[0]!.html, new RegExp(words));
    }
    network.on("GET https://ana.example/*", { status: 410, html: "" });
    await host.post("/webmention", { source, target: post.url });
    await later();
    t.deepEqual(await host.conversation(post), []);
    t.deepEqual(host.failures(), []);
    t.deepEqual(await host.deadJobs(), []);
  });
