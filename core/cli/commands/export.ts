import { PublicError } from "../../errors.ts";
import { need, needWord, type Command, type Console, type Typed } from "../command.ts";
import { needBlog, withHouse } from "../with-house.ts";

export const command: Command = {
  summary: "Takes posts out for elsewhere; no plugin offers a kind yet.",
  usage: ["export KIND --blog ADDRESS --out FILE", "export list [--json]"],
  options: { blog: { type: "string" }, out: { type: "string" }, json: { type: "boolean" } },
  async run(typed, console): Promise<number | void> {
    const kind = needWord(typed, 0, "KIND or list");
    if (kind === "list") return list(typed, console);
    const address = need(typed, "blog");
    need(typed, "out");
    await withHouse(console, (house) => needBlog(house, address));
    throw new PublicError(
      "export.kind",
      `There is no exporter for “${kind.slice(0, 40)}”: no plugin of this version offers one, so there are no kinds. rookery backup FILE saves everything.`,
    );
  },
};

// Plugins cannot offer exporters yet, so there is nobody to ask.
function list(typed: Typed, console: Console): void {
  if (typed.is("json")) console.out("[]");
  else console.err("No plugin of this version offers a kind of export.");
}
