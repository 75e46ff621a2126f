import { blogsOf } from "../blogs/memberships.ts";
import { accountById, peopleNamed, personByUsername } from "../people/accounts.ts";
import { accountOf } from "../people/person.ts";
import { decide } from "../interactions/decide.ts";
import { conversationOf, interactionById, interactionBySource, listInteractions } from "../interactions/read.ts";
import { receive, removeInteraction } from "../interactions/receive.ts";
import type { Scope } from "../hooks/scope.ts";
import type { ForeignImages } from "../media/foreign/foreign-images.ts";
import type { AccountsApi, ImagesApi, InteractionsApi } from "./context.types.ts";

type Need = (capability: string) => void;

/** Replies and mentions of the scope's blog; what a plugin receives carries its id as the road it came by. */
export function interactionsApi(scope: Scope, pluginId: string, need: Need): InteractionsApi {
  return {
    ofPost: (postId) => (need("interactions:read"), conversationOf(scope, postId)),
    list: (filter) => (need("interactions:read"), listInteractions(scope, filter)),
    byId: (id) => (need("interactions:read"), interactionById(scope, id)),
    bySource: (source) => (need("interactions:read"), interactionBySource(scope, source)),
    decide: (id, state) => (need("interactions:write"), decide(scope, id, state)),
    receive: (incoming) => (need("interactions:write"), receive(scope, { ...incoming, via: pluginId })),
    async removeBySource(source) {
      need("interactions:write");
      await removeInteraction(scope, source);
    },
  };
}

/** Addresses only: what is fetched, and whether, is decided when a browser asks. */
export const imagesApi = (images: ForeignImages): ImagesApi => ({
  foreign: (url) => images.foreign(url),
  face: (url) => images.face(url),
  inHtml: (html) => images.inHtml(html),
});

/** People, without their addresses unless the plugin may see them. */
export function accountsApi(scope: Scope, need: Need): AccountsApi {
  // Names are ASCII, and so is their column: nothing else is asked for there.
  const named = async (username: string) => {
    const person = /^[a-z0-9-]{1,40}$/i.test(username) ? await personByUsername(scope.storage, username) : null;
    return person?.state === "active" ? person : null;
  };
  return {
    byId: (id) => (need("accounts:read"), accountById(scope.storage, id)),
    async byUsername(username) {
      need("accounts:read");
      const person = await named(username);
      return person && accountOf(person);
    },
    async beginningWith(letters) {
      need("accounts:read");
      const named = letters.toLowerCase();
      return /^[a-z0-9-]{2,40}$/.test(named) ? (await peopleNamed(scope.storage, named)).map(accountOf) : [];
    },
    async homeOf(username) {
      need("accounts:read");
      const person = await named(username);
      const all = person ? await blogsOf(scope.storage, person.id, scope.site) : [];
      const own = all.filter(({ role }) => role !== "reader").map(({ blog }) => blog);
      return own.find(({ id }) => id === person?.defaultBlogId) ?? own[0] ?? null;
    },
  };
}
