import { randomBytes } from "node:crypto";
import { PublicError, type Context, type Reply, type RouteRequest } from "rookery/plugin";
import { hubOf, ownHub } from "./hub-address.ts";
import { subscriptionId } from "./hashes.ts";
import type { settings } from "./settings.ts";
import { renderTopic } from "./topic.ts";
import { wishOf, type Wish } from "./wish.ts";

type HubContext = Context<typeof settings>;

/** How often one callback's host may be asked whether it really wants this: nobody should be knocked at through us. */
const knocks = { times: 120, seconds: 60 } as const;
const publishes = { times: 20, seconds: 60 } as const;

/** Answers a request to the hub (WebSub §5, §7): 202 at once, and the callback is asked afterwards. PublicError 4xx for what is wrong. */
export async function hubReply({ form, context }: RouteRequest<typeof settings>): Promise<Reply> {
  const fields = await form();
  if (fields.get("hub.mode") === "publish") return publish(fields, context);
  const wish = wishOf(fields);
  const there = await blogOfTopic(context, wish.topic);
  // Whoever is subscribed may leave, whatever became of the feed.
  if (wish.mode === "subscribe") await checkTopic(there, wish.topic);
  await context.limit(`callback ${new URL(wish.callback).host}`, knocks);
  await there.enqueue("verify", await jobOf(there, wish));
  const text = `Accepted. Your callback will be asked to confirm that it wants to ${wish.mode}.\n`;
  return { status: 202, text, headers: { "cache-control": "no-store" } };
}

async function jobOf(context: HubContext, { mode, topic, callback, lease, secret }: Wish) {
  const id = subscriptionId(topic, callback);
  const name = secret === "" || mode !== "subscribe" ? null : `${id}.${randomBytes(8).toString("hex")}`;
  if (name) await context.secrets.keep(name, secret);
  return { mode, topic, callback, lease, secret: name, attempt: 1 };
}

// Our feeds are looked at when something changes; a publisher that says so is welcome to.
async function publish(fields: URLSearchParams, context: HubContext): Promise<Reply> {
  const topics = [...fields.getAll("hub.url"), ...fields.getAll("hub.topic"), ...fields.getAll("hub.url[]")];
  if (topics.length === 0) throw new PublicError("websub.topic", "hub.url is missing.", 400);
  for (const topic of new Set(topics.slice(0, 20))) {
    const there = await blogOfTopic(context, topic);
    await checkTopic(there, topic);
    await there.limit("publish", publishes);
    await there.enqueue("distribute", {}, { key: "distribute" });
  }
  return { status: 204, headers: { "cache-control": "no-store" } };
}

/** The context of the blog that a topic belongs to. PublicError 404 when it is none of ours. */
async function blogOfTopic(context: HubContext, topic: string): Promise<HubContext> {
  const blog = await context.blogAt(topic);
  if (!blog) throw foreign();
  try {
    return await context.as({ blog });
  } catch (error) {
    // Switched off there.
    if (error instanceof PublicError) throw foreign();
    throw error;
  }
}

async function checkTopic(there: HubContext, topic: string): Promise<void> {
  const hub = hubOf(there);
  if (hub !== ownHub(there))
    throw new PublicError("websub.elsewhere", `Changes of this feed are told by another hub: ${hub}`, 400);
  if (!(await renderTopic(there, topic))) throw foreign();
}

const foreign = () =>
  new PublicError(
    "websub.foreign",
    "This hub tells of feeds of its own blogs only; subscribe to the address a feed names as “self”.",
    404,
  );
