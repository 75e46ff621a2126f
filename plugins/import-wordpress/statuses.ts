import type { Draft } from "rookery/plugin";

/** How a post of WordPress comes in: who sees it, or why it stays behind. */
export type Fate =
  | { readonly keep: true; readonly status: "draft" | "published"; readonly visibility: NonNullable<Draft["visibility"]> }
  | { readonly keep: false; readonly why: string };

/** What becomes of a status. A password becomes "private": only the owner sees the post until they decide otherwise. */
export function fateOf(status: string, hasPassword: boolean): Fate {
  switch (status) {
    case "publish":
    case "future":
    case "":
      return { keep: true, status: "published", visibility: hasPassword ? "private" : "public" };
    case "private":
      return { keep: true, status: "published", visibility: "private" };
    case "trash":
      return { keep: false, why: "It was in the trash." };
    case "auto-draft":
      return { keep: false, why: "It was an empty draft that WordPress made by itself." };
    default:
      // draft, pending and statuses that plugins made up: nobody saw these posts.
      return { keep: true, status: "draft", visibility: "public" };
  }
}
