import { linkNames, namesIn } from "rookery/plugin";
import type { Own } from "../settings.ts";

/** Links the names of people here, behind an @, to the blogs they are known by; who has none stays a word. */
export async function withNameLinks(context: Own, html: string): Promise<string | void> {
  if (!html.includes("@")) return;
  const known = new Map<string, string>();
  for (const name of namesIn(html)) {
    const blog = await context.accounts.homeOf(name);
    if (blog) known.set(name, blog.url);
  }
  if (known.size > 0) return linkNames(html, known);
}
