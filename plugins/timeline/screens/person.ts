import type { Account } from "rookery/plugin";
import type { Source } from "../api.ts";
import { resolve } from "../following/resolve.ts";
import type { Own } from "../settings.ts";
import { missing, personAt, storeOf, wishOf, type Request } from "./request.ts";
import { listOf } from "./rows.ts";

/** Somebody's page: what they say, who they are, whom they follow. Nobody is told who follows them. */
export async function personPage(request: Request) {
  const { account, at, context } = request;
  const source = await sourceOf(request);
  const store = storeOf(request);
  const reader = account?.id ?? null;
  const person = source.kind === "person" ? await context.accounts.byId(source.id) : null;
  const path = `/people/${encodeURIComponent(source.handle)}`;
  const follows = person && reader ? (await store.following(person.id)).slice(0, 200) : [];
  const isYou = reader === source.id;
  return {
    template: "person",
    title: source.title,
    data: {
      ...(await listOf(request, path, await store.profile(reader, source.id, wishOf(request)))),
      person: {
        handle: source.handle,
        url: source.url,
        avatar: context.images.face(source.avatar),
        bio: person?.bio ?? "",
        links: person?.links ?? [],
      },
      follows: follows.map(({ title, handle }) => ({ title, at: personAt(at, handle) })),
      action: at(path),
      isYou,
      isFeed: source.kind !== "person",
      canFollow: reader !== null && !isYou,
      isFollowed: reader !== null && (await store.followed(reader, [source.id])).has(source.id),
      muteAt: `${at("/muted")}?kind=person&value=${encodeURIComponent(source.handle)}`,
      blockAt: `${at("/muted")}?kind=block&value=${encodeURIComponent(source.handle)}`,
      letter: [...source.title][0]?.toUpperCase() ?? "·",
    },
  };
}

/** Follows, or ends it. */
export async function personForm(request: Request) {
  const { fields } = await request.form();
  const { account, at, context } = request;
  const source = await sourceOf(request);
  const ends = fields.get("intent") === "unfollow";
  if (ends) await storeOf(request).unfollow(account!.id, source.id);
  else await storeOf(request).follow(account!.id, source.id);
  return request.redirect(personAt(at, source.handle), context.t(ends ? "unfollowed" : "followed"));
}

// Visitors see people and blogs of this installation; whoever is signed in, all that is known.
async function sourceOf(request: Request): Promise<Source> {
  const { account, context, params } = request;
  if (!account && !context.settings.publicPages) throw missing("no-person");
  const handle = params.handle ?? "";
  const person = await context.accounts.byUsername(handle);
  // Looking at a profile asks no network and writes nothing; a form on it makes somebody followable who never was.
  const source = person ? await personSeen(request, person) : await storeOf(request).sourceByHandle(handle);
  const isHere = source?.kind === "person" || source?.kind === "blog";
  if (!source || (source.kind === "person" && !person) || (!account && !isHere)) throw missing("no-person");
  return source;
}

async function personSeen(request: Request, person: Account): Promise<Source | null> {
  const { at, context, method } = request;
  if (method === "POST") return resolve(context as Own, `@${person.username}`);
  const known = await storeOf(request).sourceById(person.id);
  const { id, name, username, photo: avatar, language } = person;
  const url = new URL(personAt(at, username), context.site.url).href;
  return (
    known ?? { id, kind: "person", title: name || username, url, avatar, handle: username, language, plugin: "timeline", key: id }
  );
}
