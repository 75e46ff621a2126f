import { PublicError, type Reply, type RouteRequest } from "rookery/plugin";
import type { Own, Settings } from "../settings.ts";
import { webUrl } from "../web-url.ts";
import { countUse } from "./often.ts";
import { plainPage } from "./plain-page.ts";
import { receivedById } from "./received.ts";
import { submit } from "./submit.ts";

// A service that looks after many sites sends all of theirs from one address, and after a while away all at once: a thousand are
// taken in a burst. After it an address has 10 a minute, and the site of the sources 30.
const often = {
  address: { times: 1_000, seconds: 6_000 },
  host: { times: 1_000, seconds: 2_000 },
  blog: { times: 3_000, seconds: 600 },
} as const;

/** Where webmentions for a blog are sent to; empty while it takes none. */
export async function endpointOf(context: Own, blogId: string): Promise<string> {
  try {
    const there = await context.as({ blog: blogId });
    return there.settings.receive ? `${there.blog.url}webmention` : "";
  } catch (error) {
    if (error instanceof PublicError) return "";
    throw error;
  }
}

/** `POST BLOG/webmention`: 201 with the address of a status page, or a 4xx with a sentence. */
export async function receiveRoute({ context, form, address }: RouteRequest<Settings>): Promise<Reply> {
  if (!context.settings.receive) throw new PublicError("webmention.off", context.t("refuse.off"), 404);
  const fields = await form();
  if (["source", "target"].some((name) => fields.getAll(name).length > 1))
    throw new PublicError("webmention.twice", context.t("refuse.twice"), 400);
  const said = { source: fields.get("source") ?? "", target: fields.get("target") ?? "", vouch: fields.get("vouch") ?? "" };
  const host = webUrl(said.source)?.hostname;
  countUse(context, `address ${networkOf(address)}`, often.address);
  if (host !== undefined) countUse(context, `host ${host}`, often.host);
  countUse(context, "blog", often.blog);
  const location = await submit(context, said);
  return { status: 201, headers: { location, "cache-control": "no-store" }, text: context.t("accepted") };
}

/** `GET BLOG/webmention`: a form for people whose site sends none. */
export function formRoute({ context, query }: RouteRequest<Settings>): Reply {
  if (!context.settings.receive) throw new PublicError("webmention.off", context.t("refuse.off"), 404);
  return plainPage(context, {
    title: context.t("form.title"),
    words: [context.t("form.intro")],
    form: { action: `${context.blog.url}webmention`, source: query.get("source") ?? "", target: query.get("target") ?? "" },
  });
}

/** `GET BLOG/webmention/:id`: what became of one, as a page or as JSON. */
export async function statusRoute({ context, params, headers }: RouteRequest<Settings>): Promise<Reply> {
  const found = await receivedById(context, params.id ?? "");
  if (!found) throw new PublicError("webmention.unknown", context.t("refuse.unknown"), 404);
  // Whether the blog's people hold something is theirs to know.
  const state = found.state === "later" ? "waiting" : found.state === "held" ? "accepted" : found.state;
  const words = context.t(found.reason === "" ? `status.${state}` : `reason.${found.reason}`);
  const { source, target } = found;
  if (!prefersPages(headers.accept ?? ""))
    return { json: { status: state, summary: words, source, target }, headers: { "cache-control": "no-store", vary: "Accept" } };
  return plainPage(context, { title: context.t("status.title"), words: [words, `${source} → ${target}`] });
}

function prefersPages(accept: string): boolean {
  const html = accept.indexOf("text/html");
  const json = accept.indexOf("json");
  return html >= 0 && (json < 0 || html < json);
}

// One household has all of a /64.
function networkOf(address: string): string {
  return address.includes(":") && !address.includes(".") ? address.split(":").slice(0, 4).join(":") : address;
}
