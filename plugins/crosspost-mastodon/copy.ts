import type { Json } from "rookery/plugin";
import type { ServiceCopy } from "../crosspost/api.ts";
import { textIn, type Answer } from "../crosspost/kit.ts";
import type { MastodonContext } from "./settings.ts";

/** A picture as the server knows it. */
export type Uploaded = { readonly url: string; readonly id: string; readonly isReady: boolean };

/** What is written down of a copy: while it is made, and afterwards. */
export type Copy = {
  /** The status, once it is there. */
  readonly id: string | null;
  /** When the first try began. */
  readonly since: string | null;
  readonly media: readonly Uploaded[];
  /** Texts that creates left with; an edit between two tries makes another one. */
  readonly texts: readonly string[];
};

/** What was written down so far. */
export function copyIn(json: Json): Copy {
  const { id = null, since = null, media = [], texts = [] } = (json ?? {}) as Partial<Copy>;
  return { id, since, media, texts };
}

/** A status of the server as a copy. */
export function copyOf(status: Readonly<Record<string, unknown>>, { since, media }: Pick<Copy, "since" | "media">): ServiceCopy {
  const address = [status.url, status.uri].find((one) => typeof one === "string" && /^https?:\/\//.test(one));
  const copy = { id: String(status.id), since, media, texts: [] } as unknown as Json;
  return { copy, ...(address !== undefined && { url: String(address) }) };
}

/** The same of an answer: a yes without a status is no yes. */
export function copyAnswered(context: MastodonContext, answer: Answer, copy: Copy): ServiceCopy {
  textIn(context, answer, "id");
  return copyOf(answer.body, copy);
}
