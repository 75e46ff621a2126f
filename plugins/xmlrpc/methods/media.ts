import { blogFor, callerOf } from "../caller.ts";
import { memberText } from "../params.ts";
import { Fault, faults } from "../wire/fault.ts";
import { RpcBytes } from "../wire/value.ts";
import type { Method } from "./method.ts";

/** Keeps a file (blogid, user, password, { name, type, bits }). What it is, its bytes say; `type` is not believed. */
export const newMediaObject: Method = async (params, request) => {
  const caller = await callerOf(request, params.text(1), params.text(2));
  const context = await blogFor(caller, params.text(0));
  const struct = params.struct(3);
  const bits = struct.bits instanceof RpcBytes ? struct.bits.read() : null;
  if (!bits || bits.byteLength === 0) throw new Fault(faults.params, "“bits” must be the file in base64.");
  const name = memberText(struct, "name")?.split(/[/\\]/).at(-1)?.slice(0, 200) || "file";
  const alt = memberText(struct, "alt");
  const media = await context.media.store({ bytes: bits, name, ...(alt && { alt }) });
  const id = (await context.numbers.of([media.id])).get(media.id);
  return { url: media.url, file: name, type: media.type, id: String(id) };
};
