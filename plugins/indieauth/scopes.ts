/** What apps can be allowed, in the order people read it. */
export const grantable = [
  "profile",
  "email",
  "create",
  "draft",
  "update",
  "delete",
  "undelete",
  "media",
  "read",
  "follow",
  "mute",
  "block",
  "channels",
] as const;

const known: readonly string[] = grantable;

/** Scopes that say who somebody is and let nothing be done. */
export const isAboutPerson = (scope: string): boolean => scope === "profile" || scope === "email";

/** The scopes of a request: those there are, once each in our order, and the others as they were asked for. `post` is the old word for `create`. */
export function scopesOf(text: string): { readonly known: readonly string[]; readonly unknown: readonly string[] } {
  const asked = [...new Set(text.split(" ").filter(Boolean))].map((scope) => (scope === "post" ? "create" : scope));
  return {
    known: known.filter((scope) => asked.includes(scope)),
    unknown: [...new Set(asked)].filter((scope) => !known.includes(scope)).slice(0, 20),
  };
}

/** What somebody grants: what was asked for and ticked, nothing else; `email` is part of a profile (IndieAuth §5.3.4). */
export function grantedOf(asked: readonly string[], ticked: readonly string[]): readonly string[] {
  const granted = asked.filter((scope) => ticked.includes(scope));
  return granted.includes("profile") ? granted : granted.filter((scope) => scope !== "email");
}
