import { audit } from "../../../../core/people/audit.ts";
import { byOf } from "../../../by.ts";
import type { AdminRequest } from "../../../request.ts";
import type { CodePlace } from "./code-place.ts";

/** Writes into the log what somebody did to a blog's own template. */
export async function noteTemplate(
  { house }: AdminRequest,
  { place, file }: Pick<CodePlace, "place" | "file">,
  action: string,
): Promise<void> {
  const entry = { action, subject: `${file.theme}/${file.template}`, ...byOf(place) };
  await house.storage.write((db) => audit(db, entry, place.scope.clock.now()));
}
