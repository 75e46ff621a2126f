import { PublicError, type Context } from "rookery/plugin";

/** The plugin's own context; it has no settings, what people choose is theirs. */
export type Own = Context;

/** The installation's own address without a slash at its end. */
export const hubOf = ({ site }: Pick<Own, "site">): string => site.url.replace(/\/$/, "");

/** The public page of a reply. */
export const addressOf = (context: Pick<Own, "site">, id: string): string => `${hubOf(context)}/replies/${id}`;

/** The plugin on a blog of this installation; null while the blog is suspended or deleted. */
export async function placeOn(context: Own, blogId: string): Promise<Own | null> {
  try {
    return await context.as({ blog: blogId });
  } catch (error) {
    if (error instanceof PublicError) return null;
    throw error;
  }
}
