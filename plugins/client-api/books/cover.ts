import type { Reply } from "rookery/plugin";
import { missing } from "../wire/answers.ts";
import type { Call } from "../wire/route.ts";
import { searchBooks } from "./books.ts";
import { isbnIn } from "./isbn.ts";

const [largest, longestSide] = [5_000_000, 900];

/** The cover that somebody here gave a book, drawn anew: only what stands on a shelf is fetched, and only pictures leave this door. */
export async function coverReply({ context, params, request }: Call): Promise<Reply> {
  const isbn = isbnIn(params.isbn);
  const [book] = isbn === null ? [] : await searchBooks(context, "", isbn);
  if (!book?.coverUrl) throw missing("There is no cover of this book here.");
  await context.limit(`cover ${request.address}`, { times: 120, seconds: 600 });
  const bytes = await context.fetch(book.coverUrl, { timeout: 8_000, maxBytes: largest } as never).then(
    async (answer) => (answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null),
    () => null,
  );
  const picture = bytes && (await context.media.reduced(bytes, { types: ["image/jpeg"], side: longestSide }));
  if (!picture) throw missing("The cover of this book cannot be shown.");
  return {
    bytes: picture.bytes,
    headers: {
      "content-type": picture.type,
      "cache-control": "public, max-age=86400",
      "cross-origin-resource-policy": "cross-origin",
    },
  };
}
