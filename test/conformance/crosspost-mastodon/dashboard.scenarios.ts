import test from "ava";
import { join } from "node:path";
import { openDashboard, setUp } from "../../../admin/testing.ts";
import type { LoadedPlugin } from "../../../core/host/load-plugins.ts";
import type { Plugin } from "../../../core/host/manifest.ts";
import { createGuardedFetch } from "../../../core/net/guarded-fetch.ts";
import { listen } from "../../fakes/fake-server.ts";
import { FakeMastodon } from "../../fakes/mastodon/mastodon.ts";

const plugins = join(import.meta.dirname, "../../../plugins");

test("without script: an address is typed, the server's page says yes or no, the account stands in the list and is disconnected", async (t) => {
  const server = new FakeMastodon({ isApproving: false });
  const running = await listen(server);
  t.teardown(running.close);
  const given: LoadedPlugin[] = [];
  for (const folder of ["crosspost", "crosspost-mastodon"].map((id) => join(plugins, id)))
    given.push({
      plugin: ((await import(join(folder, "plugin.ts"))) as { default: Plugin }).default,
      folder,
      isBundled: true,
    } satisfies LoadedPlugin);
  const fetchIt = createGuardedFetch({ userAgent: "Rookery test", allow: [new URL(running.url).host] });
  const parts = await openDashboard(t, { plugins: given, fetch: fetchIt as never });
  await setUp(parts);
  const { browser, house, url } = parts;
  await house.host.enable("crosspost");
  await house.host.enable("crosspost-mastodon");
  const at = `/b/${new URL(url).host.replace("localhost", "kim.localhost").replace(/:\d+$/, "")}/settings/plugins/crosspost-mastodon`;
  const connect = async (typed: string, answer: string) => {
    await browser.get(at);
    const left = await browser.post(`${at}/connect/accounts`, { "s-server": typed, "s-visibility": "public" });
    const link = /<a class="button primary" href="([^"]+)"/.exec(left.text)?.[1]?.replaceAll("&amp;", "&");
    if (!link) return left;
    const body = new URLSearchParams(new URL(link).search);
    body.set("answer", answer);
    const back = await fetch(`${running.url}/oauth/authorize`, { method: "POST", body, redirect: "manual" });
    const { pathname, search } = new URL(back.headers.get("location")!);
    return browser.get(pathname + search);
  };

  t.regex((await connect("", "yes")).text, /Say first where your account is/);
  t.regex((await connect("not a server", "yes")).text, /no address of a server/);
  t.regex((await connect("http://127.0.0.1:9", "yes")).text, /could not be reached/);
  t.regex((await connect(running.url, "no")).text, /The service said no/);
  const { host } = new URL(running.url);
  t.is((await connect(`@kim@${host}`, "yes")).location, at);
  t.true((await browser.get(at)).text.includes(`name="connection" value="@kim@${host}"`));
  await browser.post(`${at}/disconnect/accounts`, { connection: `@kim@${host}` });
  t.false((await browser.get(at)).text.includes(`name="connection" value="@kim@${host}"`));
  t.deepEqual(
    server.held.tokens.map(({ isOver }) => isOver),
    [true],
  );
});
