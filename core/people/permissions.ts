import type { Principal } from "../hooks/scope.ts";
import type { Post } from "../hooks/values.ts";

/** What somebody is on one blog; null is a stranger. */
export type BlogRole = "owner" | "editor" | "author" | "contributor" | "reader";

/** Who acts, seen from the blog that the thing belongs to. */
export type Actor = { readonly principal: Principal; readonly blogRole: BlogRole | null };

/** Everything that is asked for anywhere: by screens, tokens, plugins and protocols alike. */
export type Action =
  | "installation.manage"
  | "blog.manage"
  | "blog.edit"
  | "post.create"
  | "post.publish"
  | "post.edit"
  | "post.delete"
  | "post.restore"
  | "post.read"
  | "category.edit"
  | "media.upload"
  | "media.delete";

/** The post (or file) in question; whatever is left out is not about one. */
export type ActionObject = {
  readonly authorId?: string;
  readonly status?: Post["status"];
  readonly visibility?: Post["visibility"];
};

// Which scope of an app's key opens which action; what is not here, no key opens.
const scopesFor: Partial<Record<Action, readonly string[]>> = {
  "post.create": ["create", "draft"],
  "post.publish": ["create"],
  "post.edit": ["update"],
  "post.delete": ["delete"],
  "post.restore": ["undelete", "delete"],
  "post.read": ["read", "update", "create", "draft"],
  "category.edit": ["update", "create"],
  "media.upload": ["media", "create"],
  "media.delete": ["delete"],
};

/** The one question of rights (security.md R2, R3): whether the actor may do this to the object. No declaration, no right. */
export function can(actor: Actor, action: Action, object: ActionObject = {}): boolean {
  const { principal, blogRole } = actor;
  if (principal.role === "system") return true;
  if (principal.scopes !== null && !scopesAllow(principal.scopes, action, object)) return false;
  if (action === "post.read") return canRead(actor, object);
  if (principal.role === "nobody" || principal.accountId === null) return false;
  const isOperator = principal.role === "admin";
  const isOwn = object.authorId === undefined || object.authorId === principal.accountId;
  switch (action) {
    case "installation.manage":
      return isOperator;
    case "blog.manage":
      return isOperator || blogRole === "owner";
    case "blog.edit":
    case "category.edit":
      return isEditor(blogRole);
    case "post.create":
      return isEditor(blogRole) || ((blogRole === "author" || blogRole === "contributor") && isOwn);
    case "post.edit":
    case "post.delete":
    case "post.restore":
      // A contributor's post leaves their hands when it is published.
      return (
        isEditor(blogRole) || (isOwn && (blogRole === "author" || (blogRole === "contributor" && object.status === "draft")))
      );
    case "post.publish":
    case "media.upload":
    case "media.delete":
      return isEditor(blogRole) || (blogRole === "author" && isOwn);
    default:
      return false;
  }
}

function canRead({ principal, blogRole }: Actor, object: ActionObject): boolean {
  const isPublished = (object.status ?? "published") === "published";
  if (isPublished && object.visibility !== "private") return true;
  if (principal.accountId === null) return false;
  if (isEditor(blogRole)) return true;
  if (blogRole === "reader") return isPublished;
  return (blogRole === "author" || blogRole === "contributor") && object.authorId === principal.accountId;
}

function scopesAllow(scopes: readonly string[], action: Action, object: ActionObject): boolean {
  if (action === "post.read" && (object.status ?? "published") === "published" && object.visibility !== "private") return true;
  return scopesFor[action]?.some((scope) => scopes.includes(scope)) ?? false;
}

const isEditor = (role: BlogRole | null): boolean => role === "owner" || role === "editor";
