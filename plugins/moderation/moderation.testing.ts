import type { ExecutionContext } from "ava";
import type { Account, Notice, Plugin } from "rookery/plugin";
import { createTestHost, type TestHost, type TestHostOptions, type TestVisitor } from "rookery/testing";
import timeline from "../timeline/plugin.ts";
import type { TimelineStore } from "../timeline/api.ts";
import type { ModerationDesk } from "./api.ts";
import moderation from "./plugin.ts";

const timelineFolder = `${import.meta.dirname}/../timeline`;

/** An installation with the desk: kim its admin, mia and una moderators, lee and ana members who came long ago unless told. */
export async function open(
  t: ExecutionContext,
  wish: Partial<TestHostOptions> & { areNew?: boolean; more?: readonly Plugin[] } = {},
) {
  const { areNew, more: others = [], ...options } = wish;
  const host = await createTestHost(t, {
    plugins: [{ plugin: timeline, folder: timelineFolder }, { plugin: moderation, folder: import.meta.dirname }, ...others],
    dashboard: true,
    blogs: [
      { host: "kim.example", owner: "kim" },
      { host: "lee.example", owner: "lee" },
      { host: "ana.example", owner: "ana" },
    ],
    ...options,
  } as TestHostOptions);
  const [kim, lee, ana] = [await host.person("kim"), await host.person("lee"), await host.person("ana")];
  const [mia, una] = [await host.person("mia", "moderator"), await host.person("una", "moderator")];
  if (!areNew) host.clock.advance({ hours: 24 * 20 });
  const desk = serviceOf<ModerationDesk>(host, "moderation.desk");
  const store = serviceOf<TimelineStore>(host, "timeline.store");
  const say = async (who: Account, text: string, draft: object = {}) => {
    host.clock.advance({ minutes: 1 });
    const post = await host.publish({ text, ...draft }, blogOf(host, who), who);
    await host.runJobs();
    return post;
  };
  return { host, desk, store, kim, lee, ana, mia, una, say, at: await caseReader(host) };
}

/** The first blog of somebody. */
export const blogOf = (host: TestHost, who: Account) => host.blogs.find(({ ownerId }) => ownerId === who.id)!;

/** What somebody was told, the latest last. */
export function toldTo(host: TestHost, who: Account): Notice[] {
  const all = host.events("account.notice") as unknown as { accountId: string; notice: Notice }[];
  return all.filter(({ accountId }) => accountId === who.id).map(({ notice }) => notice);
}

/** The words of somebody's home timeline. */
export async function wordsOf(store: TimelineStore, who: Account): Promise<string[]> {
  const { items } = await store.home(who.id);
  return items.map(({ html }) => html.replace(/<[^>]*>/g, "").trim());
}

/** Applies acts to a case, as the form of its page does. */
export const apply = (who: TestVisitor, form: Record<string, string | string[]>) => who.post("/admin/moderation/apply", form);

async function caseReader(host: TestHost) {
  const rows = (sql: string, values: string[] = []) => host.house.storage.query(sql, values);
  return {
    rows,
    openCases: async () =>
      (await rows("SELECT id FROM p_moderation_cases WHERE state = 'open' ORDER BY id")).map(({ id }) => String(id)),
    actions: async () =>
      (await rows("SELECT kind, state FROM p_moderation_actions ORDER BY id")).map(({ kind, state }) => `${kind} ${state}`),
    lastDecision: async () => String((await rows("SELECT id FROM p_moderation_decisions ORDER BY id DESC LIMIT 1"))[0]?.id),
  };
}

function serviceOf<T>(host: TestHost, name: string): T {
  const scope = { ...host.scope(), blog: null };
  const [found] = host.house.host.current.services(scope, name as never) as unknown as { service: T }[];
  return found!.service;
}
