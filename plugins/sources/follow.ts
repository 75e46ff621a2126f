import { addressIn, discover } from "./discover.ts";
import { dropUnwanted, feedByUrl, followable, keepFeed } from "./feeds.ts";
import type { Followable, Followed } from "./reading.ts";
import type { Own } from "./rows.ts";

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
    async followed(source: Followed & { title?: string; url?: string }): Promise<void> {
      const row = await keepFeed(context(), source.key, source.title ?? "", source.url ?? "");
      await context().tables.run("UPDATE p_sources_feeds SET is_followed = 1, timeline_id = ? WHERE id = ?", [source.id, row.id]);
    },
    async unfollowed(source: Followed): Promise<void> {
      const row = await feedByUrl(context(), source.key);
      if (!row) return;
      await context().tables.run("UPDATE p_sources_feeds SET is_followed = 0 WHERE id = ?", [row.id]);
      await dropUnwanted(context(), row.id);
    },
  };
}
