/** What an app may have been let in for; `any` is whatever it was. */
export type Need = "any" | "read" | "create" | "update" | "delete" | "follow" | "mute" | "block";

/** What an app is let in for when somebody signs in to it by mail: everything but an admin's metrics. */
export const everything: readonly string[] =
  "create draft update delete undelete media profile email read follow mute block channels".split(" ");
