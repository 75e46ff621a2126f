import type { Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { answer } from "../wire/answers.ts";
import { avatarOf } from "../wire/author.ts";
import { callerWith, mayAll, type Caller } from "../wire/caller.ts";
import { dated } from "../wire/dates.ts";
import { textOf } from "../wire/input.ts";
import type { Call } from "../wire/route.ts";
import { everything } from "../wire/scopes.ts";
import { keyBehind } from "./links.ts";

/**
 * `POST /account/verify`: whom a key stands for, be it the word of a mailed link, a key somebody made by hand, or one an app has had
 * for long. A wrong one is a 200 with `error`, as apps expect.
 */
export async function verify({ context, input, request }: Call): Promise<Reply> {
  const sent = textOf(input, "token") || (request.headers.authorization ?? "").trim().replace(/^(bearer|token)\s+/i, "");
  const caller = /^\S{1,200}$/.test(sent) ? await callerWith(context, sent) : null;
  if (!caller) {
    await context.limit(`wrong keys from ${request.address}`, { times: 60, seconds: 600 });
    return answer({ error: "App token was not valid." });
  }
  return answer(await accountFacts(context, caller, (await keyBehind(context, sent)) ?? sent));
}

/** What apps store of an account; nothing in it is null. */
export async function accountFacts(context: Own, { account, token }: Caller, key: string) {
  const { identity, site } = context;
  const [blogs, email] = [await identity.blogsOf(account.id), await identity.emailOf(account.id)];
  const name = account.name || account.username;
  const avatar = avatarOf(site.url, account.photo);
  const isWhole = mayAll(context, token) || everything.every((scope) => token.scopes.includes(scope));
  return {
    token: key,
    username: account.username,
    name,
    full_name: name,
    // Only for apps that were let in to see it.
    email: isWhole || token.scopes.includes("email") ? (email ?? "") : "",
    avatar,
    gravatar_url: avatar,
    bio: account.bio,
    default_site: siteOf(blogs),
    has_site: blogs.length > 0,
    plan: "premium",
    plans: ["premium"],
    is_premium: true,
    is_fullaccess: isWhole,
    is_using_ai: false,
    has_inkwell: true,
    ...(token.expiresAt !== null && { expires_at: dated(token.expiresAt) }),
  };
}

const siteOf = (blogs: readonly { readonly blog: { readonly host: string } }[]): string => blogs[0]?.blog.host ?? "";
