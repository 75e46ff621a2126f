import { makeBlogWithOwner } from "../../core/blogs/blogs.ts";
import type { House } from "../../core/house.ts";
import { enqueueMany } from "../../core/jobs/enqueue.ts";
import { createAccount } from "../../core/people/accounts.ts";
import { audit } from "../../core/people/audit.ts";
import { startSession } from "../../core/people/sessions.ts";
import { publish } from "../../core/posts/publish.ts";
import { ownerScope } from "./house.ts";

/** Adds that many people, each with a blog, a line in the log and a job that waits; gives a session of the owner's, and a post. */
export async function settle(house: House, count: number): Promise<{ cookie: string; post: string }> {
  const scope = await ownerScope(house);
  const now = house.clock.now();
  for (let at = 0; at < count; at += 50)
    await house.storage.write(async (db) => {
      for (let number = at; number < Math.min(at + 50, count); number++) {
        const name = `lee-${number}`;
        const lee = await createAccount(db, { username: name, name: `Lee ${number}`, passwordHash: null }, now);
        await makeBlogWithOwner(db, { name, title: `Lee’s blog ${number}`, ownerId: lee.id }, house.site, now);
        await audit(db, { action: "sign-up.accepted", subject: name, via: "bench", accountId: lee.id, detail: {} }, now);
      }
      const later = new Date(now.getTime() + 86_400_000);
      const jobs = Array.from({ length: 50 }, () => ({ pluginId: "core", name: "later", blogId: null, data: {}, runAt: later }));
      await enqueueMany(db, jobs);
    });
  const outcome = await publish(scope, { content: "The one that is looked at." });
  if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  const visitor = { userAgent: "bench", address: "" };
  const { cookie } = await house.storage.write((db) => startSession(db, scope.principal.accountId!, visitor, now));
  return { cookie, post: outcome.post.id };
}
