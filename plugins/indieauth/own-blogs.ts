import { PublicError, type Blog } from "rookery/plugin";
import type { OwnContext } from "./own-context.ts";
import { isAboutPerson } from "./scopes.ts";
import { mayLackPkce } from "./settings.ts";

/** A blog somebody may let an app in on, with its own settings; `isOwn`: it stands for the person, as its owner. */
export type Choice = { readonly blog: Blog; readonly isOwn: boolean; readonly mayLackPkce: boolean; readonly lifetime: string };

/**
 * The blogs somebody can choose for an app: those they write on where this plugin is on. As who somebody is only a blog counts
 * that is theirs, so others are left out of a request that asks for nothing else.
 */
export async function choicesFor(
  context: OwnContext,
  accountId: string,
  about: { readonly scopes: readonly string[]; readonly clientId: string },
): Promise<readonly Choice[]> {
  const all = await context.identity.blogsOf(accountId);
  const writes = about.scopes.some((scope) => !isAboutPerson(scope));
  const wanted = all.filter(({ role }) => role === "owner" || writes);
  const found = await Promise.all(
    wanted.map(async ({ blog, role }): Promise<Choice[]> => {
      const there = await onBlog(context, blog);
      if (!there) return [];
      const { settings: own } = there;
      return [{ blog, isOwn: role === "owner", mayLackPkce: mayLackPkce(own, about.clientId), lifetime: own.lifetime ?? "" }];
    }),
  );
  return found.flat();
}

/** The same plugin on a blog; null where it is off. */
export async function onBlog<C extends OwnContext>(context: C, blog: Blog | string) {
  try {
    return await context.as({ blog });
  } catch (error) {
    if (error instanceof PublicError) return null;
    throw error;
  }
}
