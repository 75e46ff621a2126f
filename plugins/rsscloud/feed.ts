import { PublicError, type Context } from "rookery/plugin";

/** The context of the blog whose feed this address is. PublicError 404 for any other address. */
export async function blogOfFeed(context: Context, feed: string): Promise<Context> {
  const missing = new PublicError(
    "rsscloud.foreign",
    "Changes are told here of feeds of this installation's own blogs only.",
    404,
  );
  const blog = feed.length > 1000 ? null : await context.blogAt(feed);
  if (!blog) throw missing;
  const there = await context.as({ blog }).catch((error: unknown) => {
    if (error instanceof PublicError) throw missing;
    throw error;
  });
  const reply = await there.visit(feed);
  const link = Object.entries(reply?.headers ?? {}).find(([name]) => name.toLowerCase() === "link")?.[1] ?? "";
  if ((reply?.status ?? 200) !== 200 || /<([^<>]+)>\s*;\s*rel="?self"?/i.exec(link)?.[1] !== feed) throw missing;
  return there;
}
