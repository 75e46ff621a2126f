import type { Context } from "rookery/plugin";
import { replaced, type RichText } from "./rich-text.ts";
import { findMentions } from "./urls.ts";

/** What a mention does at a service: nothing by itself, a bare name somebody there, or also a full one. */
export type MentionRule = "harmless" | "bare" | "any";

const wordJoiner = "\u2060";

/** People of this installation that a text names, in small letters, with the host of the blog each is known by. */
export type KnownPeople = ReadonlyMap<string, string>;

/** Parts the @ from names that would call a stranger at the service; the joiner between them cannot be seen. */
export function withoutStrangers(rich: RichText, rule: MentionRule, known: KnownPeople = new Map()): RichText {
  const edits = findMentions(rich.text).flatMap(({ start, end, name, domain }) => {
    const host = domain === "" ? known.get(name.toLowerCase()) : undefined;
    // Where full names call people, one of ours is called by theirs; elsewhere the name is a word like others.
    if (host !== undefined) return [{ start, end, by: rule === "bare" ? `@${name}@${host}` : name }];
    const isStranger = rule !== "harmless" && (rule === "any" || domain === "");
    return isStranger ? [{ start, end: start + 1, by: `@${wordJoiner}` }] : [];
  });
  return replaced(rich, edits);
}

/** The people of this installation that texts name by a bare `@name`; the first twenty names are looked up. */
export async function peopleNamed(context: Context, texts: readonly string[]): Promise<KnownPeople> {
  const bare = texts.flatMap((text) => findMentions(text)).filter(({ domain }) => domain === "");
  const names = [...new Set(bare.map(({ name }) => name.toLowerCase()))].slice(0, 20);
  const homes = await Promise.all(names.map((name) => context.accounts.homeOf(name)));
  return new Map(names.flatMap((name, at) => (homes[at] ? [[name, homes[at].host] as const] : [])));
}
