import type { Media, Reply, RouteRequest } from "rookery/plugin";
import { actingOn, blogFor, needScope } from "../caller.ts";
import { invalid } from "../problem.ts";
import { readForm } from "../read/read-form.ts";
import { fileAt } from "./files.ts";

/**
 * The media endpoint (Micropub §3.6): keeps the part `file`, answers 201 with its address; `action=update` changes its description,
 * `action=delete` removes it. Parameters may come in the address too.
 */
export async function keepFile(request: RouteRequest): Promise<Reply> {
  const { caller, fields: sent, files } = await readForm(request);
  const said = (name: string) => sent.get(name) ?? request.query.get(name) ?? undefined;
  const blog = await blogFor(request, caller, { destination: said("mp-destination") });
  const context = await actingOn(request, caller, blog);
  const action = said("action") || "create";
  if (action === "delete") {
    needScope(caller, "delete");
    await context.media.remove((await fileAt(context, said("url"))).id);
    return { status: 200, json: {} };
  }
  needScope(caller, "media", "create");
  if (action === "update") {
    const alt = said("alt") ?? said("mp-photo-alt");
    if (alt === undefined) throw invalid("An update of a file says its alt.");
    await context.media.setAlt((await fileAt(context, said("url"))).id, alt);
    return { status: 200, json: {} };
  }
  if (action !== "create") throw invalid("There is no such action.");
  const [file, another] = files.filter(({ field }) => field === "file");
  if (!file) throw invalid("Send the file in the part “file”.");
  // The answer has one address; of two files one would be lost without a word.
  if (another) throw invalid("Send one file at a time.");
  const alt = said("mp-photo-alt") ?? said("mp-photo-alt[]");
  return kept(await context.media.store({ path: file.path, name: file.name, ...(alt && { alt }) }));
}

/** The answer to a file that is kept: clients read its address from the header, or from the body. */
export function kept({ url }: Media): Reply {
  return { status: 201, headers: { location: url, "cache-control": "no-store" }, json: { url } };
}
