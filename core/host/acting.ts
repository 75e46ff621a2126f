import { roleOn } from "../blogs/memberships.ts";
import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import { can, type Action, type ActionObject, type BlogRole } from "../people/permissions.ts";

/** What the one who acts may do on the scope's blog. */
export type Rights = {
  /** False for the plugin itself, which is asked for its capabilities only. */
  readonly isActing: boolean;
  role(): Promise<BlogRole | null>;
  may(action: Action, object?: ActionObject): Promise<boolean>;
  /** PublicError 403 `right.scope` when the app's key lacks it, `right.missing` when the person does. */
  need(action: Action, object?: ActionObject): Promise<void>;
};

/** The rights of the plugin itself. */
export const ownRights: Rights = {
  isActing: false,
  role: async () => "owner",
  may: async () => true,
  need: async () => undefined,
};

/** The rights of the person (and the key) a scope stands for. */
export function rightsOf(scope: Scope): Rights {
  const { principal, blog, storage } = scope;
  let known: Promise<BlogRole | null> | undefined;
  const role = () =>
    (known ??= blog && principal.accountId ? roleOn(storage, blog.id, principal.accountId) : Promise.resolve(null));
  const may = async (action: Action, object?: ActionObject) => can({ principal, blogRole: await role() }, action, object);
  return {
    isActing: true,
    role,
    may,
    async need(action, object) {
      if (await may(action, object)) return;
      if (can({ principal: { ...principal, scopes: null }, blogRole: await role() }, action, object))
        throw new PublicError("right.scope", "The app was not allowed to do this when it was let in.", 403);
      throw new PublicError("right.missing", "You may not do this on this blog.", 403);
    },
  };
}
