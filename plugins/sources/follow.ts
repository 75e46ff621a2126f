import { addressIn, discover } from "./discover.ts";
import { dropUnwanted, feedByUrl, followable, keepFeed } from "./feeds.ts";
import type { Followable, Followed } from "./reading.ts";
import { healthOf } from "./health.ts";
import type { FeedRow, Own } from "./rows.ts";

/** The service `timeline.source`: feeds that people follow there. */
export function followedFeeds(context: () => Own) {
  return {
    /** A feed by its address or its site's; of several the first. Names and handles are none. */
    async resolve(input: string): Promise<Followable | null> {
      if (input.includes("@") && !/^https?:/i.test(input)) return null;
      const url = addressIn(input);
      if (!url) return null;
      const known = await feedByUrl(context(), url);
      if (known) return followable(known.url, { title: known.title, url: known.site, icon: "", language: "" });
      const found = await discover(context(), url);
      if (found.kind === "feed") return followable(found.url, found.feed);
      const [first] = found.kind === "several" ? found.choices : [];
      const chosen = first && (await discover(context(), first.url));
      return chosen?.kind === "feed" ? followable(chosen.url, chosen.feed) : null;
    },
    /** All feeds of an address, or why there is none, in words. Names and handles are none of ours. */
    async candidates(input: string, language: string): Promise<{ found: Pick<Followable, "key" | "title">[]; problem: string }> {
      const url = input.includes("@") && !/^https?:/i.test(input) ? null : addressIn(input);
      if (!url) return { found: [], problem: "" };
      const known = await feedByUrl(context(), url);
      if (known) return { found: [{ key: known.url, title: known.title }], problem: "" };
      const found = await discover(context(), url);
      if (found.kind === "none") return { found: [], problem: context().t(`problem.${found.problem}`, {}, language) };
      const choices = found.kind === "feed" ? [{ url: found.url, title: found.feed.title }] : found.choices;
      return { found: choices.map((choice) => ({ key: choice.url, title: choice.title })), problem: "" };
    },
    /** A feed of a list, as the list names it. */
    named({ url, title, site }: { url: string; title: string; site: string }): Followable | null {
      const address = addressIn(url);
      return address === null ? null : followable(address, { title, url: addressIn(site) ?? "", icon: "", language: "" });
    },
    /** What is wrong with feeds that fail, by what the timeline knows them by. */
    async troubles(ids: readonly string[], language: string): Promise<Record<string, string>> {
      const { tables } = context();
      const said: Record<string, string> = {};
      for (let at = 0; at < ids.length; at += 500) {
        const some = ids.slice(at, at + 500);
        const sql = `SELECT * FROM p_sources_feeds WHERE timeline_id IN (${some.map(() => "?").join(", ")}) AND (problem <> '' OR state <> 'active')`;
        for (const row of await tables.query<FeedRow>(sql, some)) said[row.timeline_id] = healthOf(context(), row, language);
      }
      return said;
    },
    async followed(source: Followed & { title?: string; url?: string }): Promise<void> {
      const row = await keepFeed(context(), source.key, source.title ?? "", source.url ?? "");
      await context().tables.run("UPDATE p_sources_feeds SET is_followed = 1, timeline_id = ? WHERE id = ?", [source.id, row.id]);
    },
    /** Somebody waits for it: it is asked now, unless it was a moment ago. */
    async refresh(source: Followed): Promise<void> {
      const row = await feedByUrl(context(), source.key);
      const isFresh = row?.checked_at ? context().clock.now().getTime() - Date.parse(row.checked_at) < 300_000 : false;
      if (row?.state === "active" && !isFresh) await context().enqueue("poll", { feedId: row.id }, { key: `poll ${row.id}` });
    },
    async unfollowed(source: Followed): Promise<void> {
      const row = await feedByUrl(context(), source.key);
      if (!row) return;
      await context().tables.run("UPDATE p_sources_feeds SET is_followed = 0 WHERE id = ?", [row.id]);
      await dropUnwanted(context(), row.id);
    },
  };
}
