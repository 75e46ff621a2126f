import type { RepliesConversation, RepliesStore } from "./api.ts";
import { draftOf } from "./drafts.ts";
import type { Own } from "./own.ts";
import { ownReplies } from "./reading/own-replies.ts";
import { threadOf } from "./reading/thread.ts";
import { rowByUrl } from "./rows/find.ts";
import { ownReply } from "./rows/reply-row.ts";
import { edit } from "./writing/edit.ts";
import { remove } from "./writing/remove.ts";
import { mention, reply, written } from "./writing/reply.ts";

/** What people here answered and said to each other, for other plugins. */
export function repliesStore(context: () => Own): RepliesStore {
  // Whoever asks may stand on a blog; replies belong to none.
  const hub = () => context().as({ blog: null });
  return {
    async reply(wish) {
      const at = await hub();
      return written(at, await reply(at, wish));
    },
    async mention(wish) {
      const at = await hub();
      return written(at, await mention(at, wish));
    },
    async edit(accountId, which, text) {
      const at = await hub();
      return written(at, await edit(at, accountId, which, text));
    },
    remove: async (accountId, which) => remove(await hub(), accountId, which),
    own: async (accountId, wish) => ownReplies(await hub(), accountId, wish),
    async byUrl(url) {
      const at = await hub();
      const row = await rowByUrl(at, url);
      return row && row.state !== "removed" ? { ...ownReply(at, row), accountId: row.accountId } : null;
    },
    draft: async (accountId, number) => draftOf(await hub(), accountId, number),
  };
}

/** Public conversations. */
export function conversations(context: () => Own): RepliesConversation {
  return { of: async (url) => threadOf(await context().as({ blog: null }), url) };
}
