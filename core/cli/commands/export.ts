import { resolve } from "node:path";
import { PublicError } from "../../errors.ts";
import { need, needWord, type Command, type Console, type Typed } from "../command.ts";
import { exportBlog } from "../export-blog.ts";
import { progress } from "../progress.ts";
import { needBlog, ownerScope, withHouse } from "../with-house.ts";

// Plugins cannot offer exporters yet; this one is the core's own.
const kinds = [{ id: "markdown", summary: "a zip of one blog: posts as Markdown and JSON, media, replies, settings" }] as const;

export const command: Command = {
  summary: "Takes a blog out for elsewhere, as a zip of Markdown, JSON and media.",
  usage: ["export KIND --blog ADDRESS --out FILE", "export list [--json]"],
  options: { blog: { type: "string" }, out: { type: "string" }, json: { type: "boolean" } },
  async run(typed, console): Promise<number | void> {
    const kind = needWord(typed, 0, "KIND or list");
    if (kind === "list") return list(typed, console);
    const [address, out] = [need(typed, "blog"), resolve(console.cwd, need(typed, "out"))];
    if (!kinds.some(({ id }) => id === kind))
      throw new PublicError(
        "export.kind",
        `There is no exporter for “${kind.slice(0, 40)}”; there is ${kinds.map(({ id }) => id).join(", ")}. rookery backup FILE saves everything.`,
      );
    await withHouse(console, async (house) => {
      const scope = await ownerScope(house, await needBlog(house, address));
      const shown = progress(console);
      const counts = await exportBlog(scope, house.media, out, shown.step).finally(shown.end);
      console.out(JSON.stringify(counts));
    });
  },
};

function list(typed: Typed, console: Console): void {
  if (typed.is("json")) return console.out(JSON.stringify(kinds));
  for (const { id, summary } of kinds) console.out(`${id}\t${summary}`);
}
