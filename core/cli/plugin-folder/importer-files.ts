import type { NewPlugin } from "./new-plugin.ts";

/** The files of a new importer: it reads a file of one JSON object a line, to be replaced by what the other system writes. */
export function importerFiles({ id, name }: NewPlugin): Record<string, string> {
  return {
    "plugin.ts": `import { definePlugin } from "rookery/plugin";
import { importer } from "./importer.ts";

/** Brings in posts from ${name}. */
export default definePlugin({
  id: "${id}",
  name: "${name}",
  description: "Brings in posts from a file with one JSON object a line.",
  version: "0.1.0",
  api: 1,
  category: "Import & export",
  services: { importer: () => importer },
});
`,
    "importer.ts": `import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { Importer, ImportSink } from "rookery/plugin";

/** Reads a file of one post a line: {"id": "1", "title": "Hello", "text": "In *Markdown*", "date": "2026-05-01T12:00:00Z"}. */
export const importer: Importer = {
  label: "${name}",
  help: "Posts from a file with one JSON object a line.",
  accepts: [".jsonl"],
  detect: (head) => head.trimStart().startsWith('{"id"'),
  async run(file, sink, signal) {
    let bytes = 0;
    // Line by line: a file may be larger than memory.
    for await (const line of createInterface({ input: Readable.from(file.stream()) })) {
      signal.throwIfAborted();
      if (line.trim() !== "") await bringIn(line, sink);
      bytes += Buffer.byteLength(line) + 1;
      sink.progress(Math.min(bytes, file.bytes));
    }
  },
};

async function bringIn(line: string, sink: ImportSink): Promise<void> {
  const post = postFrom(line);
  if (!post) return sink.skip({ what: "line", title: line.slice(0, 60), why: "It is no object with an id and a text." });
  const { id, title, text, date } = post;
  await sink.post({
    // The id by which a second run knows what is in already.
    sourceId: id,
    draft: {
      content: text,
      format: "markdown",
      status: "published",
      ...(title && { title }),
      ...(date && { publishedAt: date }),
    },
  });
}

type Line = { readonly id: string; readonly text: string; readonly title?: string; readonly date?: string };

function postFrom(line: string): Line | null {
  try {
    const value = JSON.parse(line) as Partial<Line> | null;
    return typeof value?.id === "string" && typeof value.text === "string" ? (value as Line) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
`,
    "plugin.test.ts": `import test from "ava";
import type { ImportFile, ImportSink } from "rookery/plugin";
import { importerContract, pluginContract } from "rookery/testing";
import { importer } from "./importer.ts";

pluginContract(test, import.meta.dirname);
importerContract(test, import.meta.dirname, {
  file: { name: "posts.jsonl", bytes: '{"id":"1","title":"Hello","text":"One"}\\n{"id":"2","text":"Two"}\\n' },
  posts: 2,
});

type Item = Parameters<ImportSink["post"]>[0];

async function read(text: string) {
  const [posts, skipped]: [Item[], string[]] = [[], []];
  const nothing = () => undefined;
  const sink: ImportSink = {
    post: async (item) => void posts.push(item),
    skip: ({ title }) => void skipped.push(title),
    category: async () => undefined,
    media: async () => undefined,
    count: nothing,
    warn: nothing,
    progress: nothing,
  };
  const bytes = Buffer.from(text);
  const file: ImportFile = {
    name: "posts.jsonl",
    bytes: bytes.length,
    stream: async function* () {
      yield bytes.subarray(0, 10);
      yield bytes.subarray(10);
    },
  };
  await importer.run(file, sink, new AbortController().signal);
  return { posts, skipped };
}

test("every line is a post, with its id, title and text", async (t) => {
  const { posts } = await read('{"id":"1","title":"Hello","text":"One"}\\n{"id":"2","text":"Two"}\\n');

  t.deepEqual(
    posts.map(({ sourceId, draft }) => [sourceId, draft.title, draft.content]),
    [
      ["1", "Hello", "One"],
      ["2", undefined, "Two"],
    ],
  );
});

test("what is no post is named in the report and stops nothing", async (t) => {
  const { posts, skipped } = await read('not json\\n{"id":3}\\n{"id":"4","text":"Four"}\\n');

  t.is(posts.length, 1);
  t.deepEqual(skipped, ["not json", '{"id":3}']);
});
`,
    "README.md": `# ${name}

Brings in posts from a file with one JSON object a line. Change \`importer.ts\` to read what the other system writes.

**Switch it on**: Plugins → ${name}, then \`rookery import ${id.replace(/^import-/, "")} FILE --blog ADDRESS --dry-run\`.
**Sends** nothing to anybody. **Stores** nothing of its own: what it brings in are ordinary posts.
**Tests**: \`rookery plugin check ${id}\`
`,
    "locales/en.json": `${JSON.stringify(
      {
        "plugin.name": name,
        "plugin.description": "Brings in posts from a file with one JSON object a line.",
        "importer.label": name,
        "importer.help": "Posts from a file with one JSON object a line.",
      },
      null,
      2,
    )}\n`,
  };
}
