import type { Json } from "rookery/plugin";
import { listOf, objectOf, soundValue, type Values } from "../entry/mf2.ts";
import { invalid } from "../problem.ts";
import { isPropertyName, statements, type Change, type Wish } from "./wish.ts";

/** A JSON body as a wish (Micropub §3.3–3.5). 400 for any wrong shape. */
export function wishFromJson(body: Json): Wish {
  const sent = objectOf(body);
  if (!sent) throw invalid("The JSON must be an object.");
  const action = sent.action ?? "create";
  if (action !== "create" && action !== "update" && action !== "delete" && action !== "undelete")
    throw invalid("There is no such action.");
  if (sent.url !== undefined && typeof sent.url !== "string") throw invalid("url must be a text.");
  const inner = action === "create" ? objectOf(sent.properties ?? {}) : {};
  if (!inner) throw invalid("properties must be an object of lists.");
  const commands: Record<string, readonly Json[]> = {};
  const properties: Record<string, readonly Json[]> = {};
  for (const [name, value] of [...Object.entries(sent), ...Object.entries(inner)])
    if (name.startsWith("mp-") && isPropertyName(name)) commands[name.slice(3)] = commandOf(value);
  // Clients put these beside the properties as well.
  for (const name of statements)
    if (sent[name] !== undefined && action === "create") properties[name] = valuesOf(name, sent[name]!);
  for (const [name, value] of Object.entries(inner))
    if (!name.startsWith("mp-") && isPropertyName(name)) properties[name] = valuesOf(name, value);
  const change = action === "update" ? changeOf(sent) : null;
  if (action === "create" && sent.type === undefined && Object.keys(properties).length === 0 && commands.channel === undefined)
    throw invalid("Nothing was sent that a post could be made of.");
  return { action, url: sent.url, entry: { type: typeOf(sent.type), properties }, commands, change, files: [] };
}

function typeOf(value: Json | undefined): string {
  const first = value === undefined ? "h-entry" : listOf(value)[0];
  if (typeof first !== "string" || !/^h-[a-z0-9-]{1,40}$/.test(first)) throw invalid('type must be a list such as ["h-entry"].');
  return first;
}

const commandOf = (value: Json): readonly Json[] => (value === "" ? [""] : listOf(value).map(soundValue));

function valuesOf(name: string, value: Json): readonly Json[] {
  if (value === null || listOf(value).some((one) => one === null || Array.isArray(one)))
    throw invalid(`The values of ${name} must be a list of texts, numbers or objects.`);
  return listOf(value).map(soundValue);
}

function changeOf(sent: { readonly [name: string]: Json }): Change {
  const { replace, add, delete: removed } = sent;
  if (replace === undefined && add === undefined && removed === undefined)
    throw invalid("An update says what to replace, add or delete.");
  const isNames = Array.isArray(removed);
  if (isNames && !(removed as readonly Json[]).every((name) => typeof name === "string"))
    throw invalid("delete must be an object of lists, or a list of names.");
  return {
    replace: operation("replace", replace),
    add: operation("add", add),
    remove: isNames ? {} : operation("delete", removed),
    removeWhole: isNames ? (removed as readonly string[]) : [],
  };
}

// A bare value inside is one value: the Mac app sends them so. A bare value instead of the object is a mistake (Micropub §3.4).
function operation(name: string, value: Json | undefined): Values {
  if (value === undefined) return {};
  const object = objectOf(value);
  if (!object) throw invalid(`${name} must be an object of lists.`);
  const values: Record<string, readonly Json[]> = {};
  for (const [property, given] of Object.entries(object)) {
    if (!isPropertyName(property)) throw invalid(`${name} names something that is no property.`);
    // The mobile app sends [null] for “no title”.
    values[property] = listOf(given)
      .filter((one) => one !== null)
      .map(soundValue);
    if (values[property].some(Array.isArray)) throw invalid(`The values of ${property} must be texts, numbers or objects.`);
  }
  return values;
}
