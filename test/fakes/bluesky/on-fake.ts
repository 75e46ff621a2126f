import { existsSync } from "node:fs";
import type { ExecutionContext } from "ava";
import { askService } from "../../../core/host/ask-service.ts";
import { connectTyped } from "../../../core/host/connections/connect-typed.ts";
import { definePlugin } from "../../../core/host/define-plugin.ts";
import { loadPlugin } from "../../../core/host/load-plugins.ts";
import type { ServiceName } from "../../../core/host/services.types.ts";
import { createTestHost } from "../../../core/testing/test-host.ts";
import type { ScriptedAnswer } from "../../../core/testing/network/answer.ts";
import type { SentRequest } from "../../../core/testing/network/sent-request.ts";
import type { CrosspostService } from "../crosspost-api.ts";
import { wireOf } from "../fake-server.ts";
import { FakeBluesky } from "./fake-bluesky.ts";

const root = new URL("../../../", import.meta.url).pathname;

/** Whether the plugins are there that these tests are about. */
export const isThere = ["crosspost/testing.ts", "crosspost-bluesky/plugin.ts"].every((file) =>
  existsSync(`${root}plugins/${file}`),
);

// The service alone is looked at here, so a plugin of the same name stands for all that crosspost does.
const crosspost = definePlugin({ id: "crosspost", name: "Crosspost", description: "Stands in.", version: "1.0.0", api: 1 });

/** An installation with the plugin, and a fake that answers at every address the plugin may ask; `isWhole` with the real crosspost. */
export async function openBluesky(t: ExecutionContext, { isWhole = false } = {}) {
  // It stands in with its texts: the plugin says some of what goes wrong with them.
  const base = isWhole ? await pluginOf("crosspost") : { plugin: crosspost, folder: `${root}plugins/crosspost` };
  const host = await createTestHost(t, { plugins: [base, await pluginOf("crosspost-bluesky")] });
  const fake = new FakeBluesky({ origin: "https://pds.example", now: () => host.clock.now(), accounts: ["kim.test"] });
  const answer = (sent: SentRequest): ScriptedAnswer => {
    const url = new URL(sent.url);
    const headers = { ...sent.headers, host: url.host };
    const reply = fake.answer({ method: sent.method, path: url.pathname, query: url.searchParams, headers, bytes: sent.bytes });
    if (reply.isCut) return { fails: "timeout" };
    const { status, headers: told, body } = wireOf(reply);
    return { status, headers: told, bytes: body };
  };
  const every = ["pds.example", "plc.directory", "public.api.bsky.app", "kim.test", "lee.test"];
  for (const name of every) host.network.on(`* https://${name}/*`, answer);

  const scope = host.scope();
  const connect = (values: Readonly<Record<string, string>>) =>
    connectTyped(host.house, scope, { pluginId: "crosspost-bluesky", setting: "accounts", blog: host.blog }, values);
  const ask = <T>(question: (service: CrosspostService) => T | Promise<T>) =>
    askService(scope, {
      name: "crosspost.service" as ServiceName,
      pluginId: "crosspost-bluesky",
      limit: 30_000,
      question: question as never,
    }) as Promise<T>;
  const service: CrosspostService = {
    label: "Bluesky",
    accounts: () => ask((one) => one.accounts()),
    publish: (request) => ask((one) => one.publish(request)),
    find: (request) => ask((one) => one.find!(request)),
    remove: (request) => ask((one) => one.remove!(request)),
    verify: (account) => ask((one) => one.verify!(account)),
  };
  return { host, fake, answer, connect, service };
}

async function pluginOf(id: string) {
  const loaded = await loadPlugin(`${root}plugins/${id}`, true);
  if (!("plugin" in loaded)) throw new Error(loaded.reason);
  return loaded;
}

/** The same with kim.test connected. */
export async function openConnected(t: ExecutionContext, options: { isWhole?: boolean } = {}) {
  const parts = await openBluesky(t, options);
  await parts.connect({ handle: "@Kim.test", password: "abcd-efgh-ijkl-mnop" });
  return { ...parts, account: (await parts.service.accounts())[0]!.id };
}
