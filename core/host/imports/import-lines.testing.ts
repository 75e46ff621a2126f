import { definePlugin } from "../define-plugin.ts";
import type { ImportedMedia, ImportSink } from "../services.types.ts";

/** A line of a file for `import-lines`: a post or a file of the old site. */
export type Line = { readonly post: Parameters<ImportSink["post"]>[0] } | { readonly media: ImportedMedia };

/** An importer for tests: a line of JSON is a post or a file of the old site; `onLine` is called before each. */
export function importLines(onLine: (number: number) => void | Promise<void> = () => undefined) {
  return definePlugin({
    id: "import-lines",
    name: "Lines",
    description: "A post a line.",
    version: "1.0.0",
    api: 1,
    services: {
      importer: () => ({
        label: "Lines",
        help: "Posts.",
        accepts: [".jsonl"],
        detect: (head) => head.startsWith("{"),
        async run(file, sink) {
          let text = "";
          for await (const chunk of file.stream()) text += Buffer.from(chunk).toString();
          for (const [at, line] of text.trim().split("\n").entries()) {
            await onLine(at);
            const one = JSON.parse(line) as Line;
            await ("post" in one ? sink.post(one.post) : sink.media(one.media));
          }
        },
      }),
    },
  });
}
