import type { Context, Importer } from "rookery/plugin";
import { hashOf } from "./ids.ts";
import { NetscapeReader } from "./netscape-read.ts";

/** Brings in the file that browsers and bookmark services write. */
export function netscapeImporter(context: () => Pick<Context, "clock">): Importer {
  return {
    label: "Bookmarks of a browser or service",
    help: "The HTML file that browsers, Pinboard and others export. Folders become tags; bookmarks are private unless the file says they are public.",
    accepts: [".html", ".htm"],
    detect: (head) => /NETSCAPE-Bookmark-file/i.test(head),
    async run(file, sink, signal) {
      const reader = new NetscapeReader(context().clock.now());
      const decoder = new TextDecoder();
      let bytes = 0;
      const put = async (listed: ReturnType<NetscapeReader["take"]>) => {
        for (const { url, draft } of listed) {
          signal.throwIfAborted();
          await sink.post({ sourceId: `bookmark ${hashOf(url)}`, draft });
          sink.count("bookmarks");
        }
      };
      for await (const piece of file.stream()) {
        await put(reader.take(decoder.decode(piece, { stream: true }).replaceAll("\0", "")));
        sink.progress((bytes += piece.byteLength));
      }
      await put(reader.rest());
    },
  };
}
