import { PublicError, type Context, type Draft, type MediaFile, type Post, type Reply, type RouteRequest } from "rookery/plugin";
import { needScope, type Caller } from "../caller.ts";
import { draftOf } from "../entry/draft-of.ts";
import { firstText, textOf, type Entry } from "../entry/mf2.ts";
import { addressesIn } from "../entry/photos.ts";
import { invalid } from "../problem.ts";
import type { Wish } from "../read/wish.ts";
import { storeFiles } from "./files.ts";
import { targetsOf } from "./targets.ts";

/** Makes a post: 201 with its address, where a draft's is one that works in later requests (Micropub §3.3). */
export async function create(context: Context, caller: Caller, wish: Wish, headers: RouteRequest["headers"]): Promise<Reply> {
  needScope(caller, "create", "draft");
  const mayPublish = caller.token.scopes.includes("create");
  const entry = mayPublish ? wish.entry : { ...wish.entry, properties: { ...wish.entry.properties, "post-status": ["draft"] } };
  // Everything is looked at before files are kept: a refused post leaves nothing behind.
  const checked = await draftFrom(context, described(entry, wish));
  const targets = await targetsOf(context, wish.commands["syndicate-to"]);
  const stored = await storeFiles(context, wish);
  try {
    const whole = stored.length === 0 ? checked : await draftFrom(context, described(withFiles(entry, stored), wish));
    const outcome = await context.posts.publish({
      ...whole,
      ...channelOf(wish),
      ...slugOf(wish),
      ...(targets && { targets }),
      ...keyOf(caller, headers["idempotency-key"]),
    });
    if (!outcome.ok) throw refusalOf(outcome.refusal);
    return created(context, outcome.post);
  } catch (error) {
    for (const { media } of stored) await context.media.remove(media.id).catch(() => false);
    throw error;
  }
}

/** The answer to what has a new address: clients read it from the header, or from the body. */
export function created(context: Context, post: Post): Reply {
  const url = context.posts.addressOf(post);
  const preview = new URL(`/b/${context.blog.host}/posts/${post.id}`, context.site.url).href;
  return { status: 201, headers: { location: url, "cache-control": "no-store" }, json: { url, preview } };
}

/** A refusal of the publish door as an error. */
export function refusalOf({
  refuse,
  status = 422,
  key = "post",
  values = {},
}: {
  refuse: string;
  status?: number;
  key?: string;
  values?: Readonly<Record<string, string | number>>;
}) {
  return new PublicError(key, refuse, status, { ...values });
}

/** An entry as a draft, with what the library knows of its photos. */
export async function draftFrom(context: Context, entry: Entry, before: Post | null = null): Promise<Draft> {
  const { url: base, timeZone } = context.blog;
  const urls = addressesIn(entry.properties.photo).flatMap((text) => URL.parse(text, base)?.href ?? []);
  const files: ReadonlyMap<string, MediaFile> = urls.length > 0 ? await context.media.byUrls(urls.slice(0, 500)) : new Map();
  return draftOf(entry, { base, timeZone, files, before });
}

type Stored = Awaited<ReturnType<typeof storeFiles>>;

function withFiles(entry: Entry, stored: Stored): Entry {
  const properties = { ...entry.properties };
  for (const { property, media } of stored) properties[property] = [...(properties[property] ?? []), media.url];
  return { ...entry, properties };
}

// `mp-photo-alt` is in the order of the photos: addresses first, then files.
function described({ type, properties }: Entry, { commands }: Wish): Entry {
  const next = { ...properties };
  for (const name of ["photo", "video"] as const) {
    const alts = commands[`${name}-alt`];
    const values = next[name];
    if (!alts || !values) continue;
    next[name] = values.map((value, at) => {
      const alt = textOf(alts[at]);
      return typeof value === "string" && alt ? { value, alt } : value;
    });
  }
  return { type, properties: next };
}

function channelOf({ commands, entry }: Wish): Pick<Draft, "kind"> {
  const channel = firstText(commands.channel);
  if (channel === undefined || channel === "" || channel === "default") return {};
  if (channel !== "pages") throw invalid("mp-channel names no channel; q=channel lists them.");
  if (!firstText(entry.properties.name)) throw invalid("A page needs a name.");
  return { kind: "page" };
}

function slugOf({ commands }: Wish): Pick<Draft, "slug"> {
  const slug = firstText(commands.slug)?.trim().slice(0, 200);
  return slug ? { slug } : {};
}

// Only who says so sends the same again: two posts may well be alike.
function keyOf(caller: Caller, key: string | undefined): Pick<Draft, "key"> {
  if (!key) return {};
  if (key.length > 150) throw invalid("Idempotency-Key may have 150 characters at most.");
  return { key: `${caller.token.id} ${key}` };
}
