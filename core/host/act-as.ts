import { blogByHost, blogById } from "../blogs/blogs.ts";
import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import { accountById } from "../people/accounts.ts";
import type { Context } from "./context.types.ts";
import type { Generation } from "./generation.ts";
import type { Plugin } from "./manifest.ts";

type Wanted = Parameters<Context["as"]>[0];

/** The scope in which a plugin acts on another blog or as somebody. PublicError 403 when it may not. */
export async function scopeAs(scope: Scope, plugin: Plugin, wanted: Wanted): Promise<Scope> {
  const asked = typeof wanted.blog === "string" ? await blogById(scope.storage, wanted.blog, scope.site) : wanted.blog;
  // What is suspended or gone is found by its id, but answers at no host.
  const blog = asked ? await blogByHost(scope.storage, asked.host, scope.site) : wanted.blog === undefined ? scope.blog : null;
  if (wanted.blog && !blog) throw new PublicError("right.no-blog", "There is no such blog here.", 403);
  if (!(scope.taps as Generation).isActive(plugin.id, blog))
    throw new PublicError("right.plugin-off", "This is switched off on the blog.", 403);
  const principal = wanted.accountId === undefined ? scope.principal : await principalOf(scope, wanted.accountId, wanted.scopes);
  return { ...scope, blog, principal, via: (wanted.via ?? scope.via).slice(0, 100) };
}

async function principalOf(scope: Scope, accountId: string, scopes?: readonly string[]): Promise<Scope["principal"]> {
  const account = await accountById(scope.storage, accountId);
  const [row] = await scope.storage.query("SELECT state FROM accounts WHERE id = ?", [accountId]);
  if (!account || row?.state !== "active") throw new PublicError("right.no-account", "This account is not active.", 403);
  return { accountId, role: account.role, scopes: scopes ?? null };
}

/** The blog of this installation an address belongs to, also by a host it answers at besides its main one. */
export async function blogAt(scope: Scope, url: string) {
  const parsed = URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? blogByHost(scope.storage, parsed.hostname, scope.site) : null;
}
