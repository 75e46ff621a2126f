import { accountById } from "../people/accounts.ts";
import { conversationOf } from "../interactions/read.ts";
import { receive, removeInteraction } from "../interactions/receive.ts";
import type { Scope } from "../hooks/scope.ts";
import { publish } from "../posts/publish.ts";
import { listedCategoriesOf, listPages, listPosts, monthsOf, postById, postByPath } from "../posts/read.ts";
import { trash } from "../posts/remove.ts";
import type { AccountsApi, InteractionsApi, MediaApi, PostsApi } from "./context.types.ts";
import type { HostServices } from "./host-services.ts";

type Need = (capability: string) => void;

/** Posts of the scope's blog, for a plugin that may read or write them. */
export function postsApi(scope: Scope, need: Need): PostsApi {
  return {
    byId: (id) => (need("posts:read"), postById(scope, id)),
    async byUrl(url) {
      need("posts:read");
      const base = scope.blog?.url ?? "";
      const path = url.startsWith("/")
        ? url
        : URL.canParse(url) && new URL(url).origin === new URL(base).origin
          ? new URL(url).pathname
          : null;
      return path === null ? null : postByPath(scope, path);
    },
    async list(filter = {}) {
      need("posts:read");
      if (filter.pages) return listPages(scope);
      const category =
        filter.category === undefined ? undefined : (await listedCategoriesOf(scope)).find((one) => one.slug === filter.category);
      if (filter.category !== undefined && !category) return [];
      const { after, limit, kind, month } = filter;
      return listPosts(scope, {
        ...(after && { after }),
        ...(limit && { limit }),
        ...(kind && { kind }),
        ...(month && { month }),
        ...(category && { categoryId: category.id }),
      });
    },
    months: () => (need("posts:read"), monthsOf(scope)),
    categories: () => (need("posts:read"), listedCategoriesOf(scope)),
    publish: (draft) => (need("posts:write"), publish(scope, draft)),
    async remove(id) {
      need("posts:write");
      await trash(scope, id);
    },
  };
}

/** Media of the scope's blog. */
export function mediaApi(scope: Scope, services: HostServices, need: Need): MediaApi {
  return {
    byUrl: (url) => (need("media:read"), services.mediaByUrl(scope, url)),
    store: (file) => (need("media:write"), services.storeMedia(scope, file)),
  };
}

/** Replies and mentions of the scope's blog; what a plugin receives carries its id as the road it came by. */
export function interactionsApi(scope: Scope, pluginId: string, need: Need): InteractionsApi {
  return {
    ofPost: (postId) => (need("interactions:read"), conversationOf(scope, postId)),
    receive: (incoming) => (need("interactions:write"), receive(scope, { ...incoming, via: pluginId })),
    async removeBySource(source) {
      need("interactions:write");
      await removeInteraction(scope, source);
    },
  };
}

/** People, without their addresses unless the plugin may see them. */
export function accountsApi(scope: Scope, need: Need): AccountsApi {
  return { byId: (id) => (need("accounts:read"), accountById(scope.storage, id)) };
}
