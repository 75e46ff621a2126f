import type { Json, SentFile } from "rookery/plugin";
import { soundText } from "../entry/mf2.ts";
import { invalid } from "../problem.ts";
import { isPropertyName, type Wish } from "./wish.ts";

const words: ReadonlySet<string> = new Set(["h", "action", "access_token"]);

/** A form, urlencoded or multipart, as a wish: `name` and `name[]` are one property, and empty fields say nothing (Micropub §3.2). */
export function wishFromForm(fields: URLSearchParams, files: readonly SentFile[]): Wish {
  const action = fields.get("action") || "create";
  // Categories are the exception: clients change them by form as well.
  if (action === "update" && fields.get("mp-channel") !== "categories") throw invalid("An update is sent as JSON.");
  if (action !== "create" && action !== "update" && action !== "delete" && action !== "undelete")
    throw invalid("There is no such action.");
  const properties: Record<string, Json[]> = {};
  const commands: Record<string, Json[]> = {};
  for (const [given, value] of fields) {
    const name = given.replace(/\[\]$/, "");
    if (words.has(name) || !isPropertyName(name) || (name === "url" && action !== "create")) continue;
    // An empty command means something: `mp-syndicate-to[]=` is “nowhere”. So does an empty description in a row of them.
    if (name.startsWith("mp-")) (commands[name.slice(3)] ??= []).push(soundText(value));
    else if (value !== "") (properties[name] ??= []).push(soundText(value));
  }
  const entry = { type: `h-${fields.get("h") || "entry"}`, properties };
  return { action, url: fields.get("url") ?? undefined, entry, commands, change: null, files };
}
