import { plainText } from "rookery/plugin";
import type { ServiceCopy, ServiceRequest } from "../crosspost/api.ts";
import { CrosspostError, nonsense } from "../crosspost/kit.ts";
import { callAs } from "./accounts.ts";
import { copyAnswered, copyIn, copyOf, type Copy } from "./copy.ts";
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
    const found = await callAs(context, account, () => ({ path, takes: [404, 410] }));
    return found.isOk ? copyAnswered(context, found, copy) : null;
  }
  if (copy.since === null) return null;
  const from = Date.parse(copy.since) - slack;
  let last = "";
  for (let page = 0; page < mostPages; page++) {
    const more = last === "" ? "" : `&max_id=${encodeURIComponent(last)}`;
    const { server, body } = await callAs(context, account, ({ tokens }) => ({
      path: `/api/v1/accounts/${encodeURIComponent(tokens.id)}/statuses?limit=40&exclude_reblogs=true${more}`,
    }));
    // An empty list says that it is not there; anything else says nothing.
    if (!Array.isArray(body)) throw nonsense(context, server);
    const statuses = (body as readonly unknown[]).filter(isStatus);
    const recent = statuses.filter((one) => !(Date.parse(String(one.created_at)) < from));
    const found = recent.find(
      (one) => [composed.text, ...copy.texts].some((text) => isSame(String(one.content ?? ""), text)) && shows(one, copy),
    );
    if (found) return copyOf(found, copy);
    if (statuses.length === 0 || recent.length < statuses.length) return null;
    last = String(statuses.at(-1)?.id);
  }
  throw new CrosspostError("unknown", context.t("error.unsure-found"));
}

const isStatus = (one: unknown): one is Status => typeof (one as Status | null)?.id === "string";

// Words alone can be said twice; a picture was uploaded for this copy and no other.
function shows({ media_attachments: shown }: Status, { media }: Copy): boolean {
  const ids = (Array.isArray(shown) ? (shown as readonly ({ readonly id?: unknown } | null)[]) : []).map((one) => one?.id);
  return media.length === 0 || media.some(({ id }) => ids.includes(id));
}

// The server makes HTML of the text: white space moves, and people are named without their server.
function isSame(html: string, text: string): boolean {
  const bare = (words: string) => words.replace(/@([\w.-]+)@[\w.-]+/g, "@$1").replace(/\s+/g, "");
  return bare(plainText(html)) === bare(text);
}
