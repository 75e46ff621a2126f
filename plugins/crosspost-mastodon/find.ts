import { plainText } from "rookery/plugin";
import { CrosspostError, type ServiceCopy, type ServiceRequest } from "../crosspost/api.ts";
import { callAs } from "./accounts.ts";
import { copyIn, copyOf, type Copy } from "./copy.ts";
import type { MastodonContext } from "./settings.ts";

// Clocks of servers differ; what is older than the first try cannot be the copy.
const slack = 600_000;
const mostPages = 5;

type Status = Readonly<Record<string, unknown>>;

/** Looks through the account's statuses for a copy whose answer never came. Throws `unknown` when there are too many to be sure. */
export async function find(context: MastodonContext, request: ServiceRequest): Promise<ServiceCopy | null> {
  const { account, composed } = request;
  const copy = copyIn(request.copy);
  if (copy.id !== null) {
    const path = `/api/v1/statuses/${encodeURIComponent(copy.id)}`;
    const { status, body } = await callAs(context, account, () => ({ path, takes: [404, 410] }));
    return status === 200 ? copyOf(body, copy) : null;
  }
  if (copy.since === null) return null;
  const from = Date.parse(copy.since) - slack;
  let last = "";
  for (let page = 0; page < mostPages; page++) {
    const more = last === "" ? "" : `&max_id=${encodeURIComponent(last)}`;
    const { body } = await callAs(context, account, ({ tokens }) => ({
      path: `/api/v1/accounts/${encodeURIComponent(tokens.id)}/statuses?limit=40&exclude_reblogs=true${more}`,
    }));
    const statuses = (Array.isArray(body) ? body : []) as readonly Status[];
    const recent = statuses.filter((one) => Date.parse(String(one.created_at)) >= from);
    const found = recent.find(
      (one) => [composed.text, ...copy.texts].some((text) => isSame(String(one.content ?? ""), text)) && shows(one, copy),
    );
    if (found) return copyOf(found, copy);
    if (statuses.length === 0 || recent.length < statuses.length) return null;
    last = String(statuses.at(-1)?.id);
  }
  throw new CrosspostError("unknown", context.t("error.unsure-found"));
}

// Words alone can be said twice; a picture was uploaded for this copy and no other.
function shows({ media_attachments: shown }: Status, { media }: Copy): boolean {
  const ids = (Array.isArray(shown) ? (shown as readonly { readonly id?: unknown }[]) : []).map(({ id }) => id);
  return media.length === 0 || media.some(({ id }) => ids.includes(id));
}

// The server makes HTML of the text: white space moves, and people are named without their server.
function isSame(html: string, text: string): boolean {
  const bare = (words: string) => words.replace(/@([\w.-]+)@[\w.-]+/g, "@$1").replace(/\s+/g, "");
  return bare(plainText(html)) === bare(text);
}
