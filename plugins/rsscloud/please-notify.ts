import { randomBytes } from "node:crypto";
import { PublicError, xmlAttribute, type Context, type Reply, type RouteRequest } from "rookery/plugin";
import { blogOfFeed } from "./feed.ts";
import { tell } from "./notify.ts";
import { keep } from "./subscribers.ts";
import { wishOf } from "./wish.ts";

/** Answers a reader that wants to be told: it is asked at once whether it is there, and kept for 25 hours when it is. */
export async function pleaseNotify({ form, address, context }: RouteRequest): Promise<Reply> {
  try {
    const { callback, feeds, hasDomain } = wishOf(await form(), address);
    // Nobody should be knocked at through us.
    await context.limit(`callback ${new URL(callback).host}`, { times: 60, seconds: 60 });
    for (const feed of feeds) {
      const there = await blogOfFeed(context, feed);
      const isThere = hasDomain ? await answersChallenge(there, callback, feed) : await tell(there, callback, feed);
      if (!isThere) throw new PublicError("rsscloud.silent", "Your address did not answer as it should, so it is not told.", 400);
      await keep(there, feed, callback);
    }
  } catch (error) {
    if (error instanceof PublicError) return result(false, error.message, error.status);
    throw error;
  }
  return result(true, "You will be told of changes. It is over in 25 hours; ask again before.");
}

/** Answers a publisher that says its feed changed: ours we look at ourselves. */
export async function ping({ form, context }: RouteRequest): Promise<Reply> {
  try {
    await blogOfFeed(context, (await form()).get("url") ?? "");
  } catch (error) {
    if (error instanceof PublicError) return result(false, error.message, error.status);
    throw error;
  }
  return result(true, "Changes of this feed are noticed without a ping.");
}

async function answersChallenge(context: Context, callback: string, feed: string): Promise<boolean> {
  const challenge = randomBytes(24).toString("base64url");
  const query = new URLSearchParams({ url: feed, challenge }).toString();
  const url = `${callback}${callback.includes("?") ? "&" : "?"}${query}`;
  try {
    const answer = await context.fetch(url, { redirect: "manual", timeout: 5_000, maxBytes: 10_000 });
    return answer.ok && (await answer.text()).trim() === challenge;
  } catch {
    return false;
  }
}

function result(success: boolean, message: string, status = 200): Reply {
  const text = `<?xml version="1.0" encoding="utf-8"?>\n<notifyResult success="${success}" msg="${xmlAttribute(message)}"/>\n`;
  return { status, text, headers: { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" } };
}
