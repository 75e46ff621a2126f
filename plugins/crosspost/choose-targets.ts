import type { Context, Draft } from "rookery/plugin";
import { allAccounts } from "./accounts.ts";
import { reasonAgainst } from "./rules.ts";
import { settingsOf, unchosen } from "./target-settings.ts";
import { brokenAccounts } from "./trouble.ts";

/**
 * Chooses for whoever made a new post without saying where it should go: apps, the command line. What somebody chose, also
 * nothing at all, stays.
 */
export async function chooseTargets(context: Context, draft: Draft): Promise<Draft> {
  if (draft.targets !== undefined || draft.id !== undefined) return draft;
  const about = {
    kind: draft.kind ?? kindOf(draft),
    visibility: draft.visibility ?? "public",
    publishedAt: draft.publishedAt ?? null,
    categories: [],
    properties: draft.properties ?? {},
  };
  // Old posts come in by the thousand: for most of them nobody need be asked.
  if (reasonAgainst(about, unchosen, context.clock.now())) return draft;
  const accounts = await allAccounts(context);
  if (accounts.length === 0) return draft;
  const broken = await brokenAccounts(context);
  const facts = { ...about, categories: await slugsOf(context, draft.categories ?? []) };
  const chosen = [];
  for (const { target, service, name } of accounts) {
    if (broken.has(target) || reasonAgainst(facts, await settingsOf(context, target), context.clock.now())) continue;
    chosen.push({ target: `${context.pluginId}/${target}`, label: `${service} ${name}` });
  }
  return chosen.length === 0 ? draft : { ...draft, targets: chosen };
}

function kindOf({ title, photos, audio, properties }: Draft): string {
  if (properties?.["bookmark-of"] !== undefined) return "bookmark";
  if (title?.trim()) return "article";
  return audio?.length ? "audio" : photos?.length ? "photo" : "note";
}

async function slugsOf(context: Context, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()));
  const all = await context.posts.categories({ all: true });
  return all.filter(({ name, slug }) => wanted.has(name.toLowerCase()) || wanted.has(slug)).map(({ slug }) => slug);
}
