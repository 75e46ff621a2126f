import type { Json } from "../../../core/hooks/values.ts";
import { listTargets } from "../../../core/host/targets/list-targets.ts";
import { changeProfile } from "../../../core/people/profile.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import type { Typed } from "./typed.ts";

/** Where somebody's posts on a blog go unless they say otherwise: on or off by target; nothing for those nobody decided about. */
export type Remembered = ReadonlyMap<string, boolean>;

const nameFor = ({ blog }: Pick<OnBlog, "blog">): string => `targets ${blog.id}`;

/** What the reader had remembered for a blog. */
export function rememberedTargets(request: Pick<AdminRequest, "preference">, place: Pick<OnBlog, "blog">): Remembered {
  const kept: Json | undefined = request.preference(nameFor(place));
  const entries = typeof kept === "object" && kept !== null && !Array.isArray(kept) ? Object.entries(kept) : [];
  return new Map(entries.filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"));
}

/** Keeps the choice of a sent form for the posts to come, when it asks for that. */
export async function rememberTargets(request: AdminRequest, place: OnBlog, typed: Typed): Promise<void> {
  const { fields } = await request.form();
  if (!typed.targets || one(fields, "remember-targets") !== "on") return;
  const usable = (await listTargets(place.scope)).filter(({ reconnect }) => !reconnect);
  const choices = Object.fromEntries(usable.map(({ uid }) => [uid, typed.targets!.has(uid)]));
  const preferences = { [nameFor(place)]: { ...Object.fromEntries(rememberedTargets(request, place)), ...choices } };
  await place.scope.storage.write((db) => changeProfile(db, signedIn(request).id, { preferences }, place.scope.clock.now()));
}
