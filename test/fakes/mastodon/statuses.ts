import type { FakeReply } from "../fake-server.ts";
import { tokenFor, type Call, type Route } from "./call.ts";
import { contentHtml } from "./content-html.ts";
import { countText } from "./count-text.ts";
import type { Media, Status, Token } from "./holdings.ts";
import { mediaJson } from "./media.ts";
import { listOf, paramsOf, textOf, type Param, type Params } from "./params.ts";
import { invalid, notFound, Refused } from "./refused.ts";

const hour = 3_600_000;
const visibilities = ["public", "unlisted", "private", "direct"];

/** Statuses: made, shown, changed, removed, listed. */
export const statusRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/statuses", run: create },
  { method: "GET", path: "/api/v1/statuses/:id", run: (call) => ({ json: statusJson(call, own(call, "read:statuses")) }) },
  { method: "PUT", path: "/api/v1/statuses/:id", run: change },
  { method: "DELETE", path: "/api/v1/statuses/:id", run: remove },
  { method: "GET", path: "/api/v1/accounts/:id/statuses", run: list },
];

async function create(call: Call): Promise<FakeReply> {
  const { request, held, rules } = call;
  const token = tokenFor(call, "write:statuses");
  const key = request.headers["idempotency-key"];
  const known = key === undefined ? undefined : held.keys.get(`${token.accountId} ${key}`);
  const before = known && rules.now().getTime() - known.at < hour && held.statuses.find(({ id }) => id === known.statusId);
  if (before) return { json: statusJson(call, before) };
  const names = ["status", "media_ids", "sensitive", "spoiler_text", "visibility", "language"];
  const params = await paramsOf(request, names);
  const media = mediaFor(call, token, listOf(params, "media_ids"), null);
  const { text, spoiler } = wordsOf(call, params, media);
  const visibility = textOf(params, "visibility") || "public";
  if (!visibilities.includes(visibility)) throw invalid("Visibility is not included in the list");
  const app = held.apps.find(({ clientId }) => clientId === token.clientId);
  const status: Status = {
    id: held.nextId(),
    accountId: token.accountId,
    application: app?.name ?? "",
    createdAt: rules.now().toISOString(),
    text,
    spoiler,
    visibility,
    language: languageOf(params),
    mediaIds: media.map(({ id }) => id),
    editedAt: null,
  };
  for (const one of media) one.statusId = status.id;
  held.statuses.push(status);
  if (key !== undefined) held.keys.set(`${token.accountId} ${key}`, { statusId: status.id, at: rules.now().getTime() });
  return { json: statusJson(call, status) };
}

async function change(call: Call): Promise<FakeReply> {
  const { request, rules } = call;
  const status = own(call, "write:statuses");
  const token = tokenFor(call, "write:statuses");
  const names = ["status", "media_ids", "media_attributes", "sensitive", "spoiler_text", "language"];
  const params = await paramsOf(request, names);
  const media = mediaFor(call, token, listOf(params, "media_ids"), status.id);
  const described = descriptionsOf(params.media_attributes ?? [], media);
  for (const [one, description] of described)
    if ([...description].length > rules.descriptions) throw invalid(`Description is too long (${one.id})`);
  const { text, spoiler } = wordsOf(call, params, media);
  for (const [one, description] of described) one.description = description;
  for (const one of call.held.media) if (one.statusId === status.id) one.statusId = null;
  for (const one of media) one.statusId = status.id;
  const changed = { text, spoiler, language: languageOf(params), mediaIds: media.map(({ id }) => id) };
  Object.assign(status, changed, { editedAt: rules.now().toISOString() });
  return { json: statusJson(call, status) };
}

function remove(call: Call): FakeReply {
  const status = own(call, "write:statuses");
  const { held } = call;
  held.statuses.splice(held.statuses.indexOf(status), 1);
  for (const one of held.media) if (one.statusId === status.id) one.statusId = null;
  return { json: { ...statusJson(call, status), text: status.text } };
}

function list(call: Call): FakeReply {
  const { request, held, params } = call;
  tokenFor(call, "read:statuses");
  if (!held.accounts.some(({ id }) => id === params.id)) throw notFound();
  const limit = Math.min(Number(request.query.get("limit") ?? 20), 40);
  const max = BigInt(request.query.get("max_id") ?? "9".repeat(19));
  const found = held.statuses.filter((one) => one.accountId === params.id && BigInt(one.id) < max).toReversed();
  return { json: found.slice(0, limit).map((one) => statusJson(call, one)) };
}

function own(call: Call, scope: string): Status {
  const { accountId } = tokenFor(call, scope);
  const status = call.held.statuses.find((one) => one.id === call.params.id && one.accountId === accountId);
  if (!status) throw notFound();
  return status;
}

function wordsOf({ rules }: Call, params: Params, media: readonly Media[]): { text: string; spoiler: string } {
  const [text, spoiler] = [textOf(params, "status").trim(), textOf(params, "spoiler_text")];
  if (text === "" && media.length === 0) throw invalid("Text can't be blank");
  if (countText(text, rules.perUrl) + countText(spoiler, rules.perUrl) > rules.text)
    throw invalid(`Text character limit of ${rules.text} exceeded`);
  return { text, spoiler };
}

function languageOf(params: Params): string | null {
  const language = textOf(params, "language");
  if (language !== "" && !/^[a-z]{2,3}(-[A-Z]{2}|-[A-Z][a-z]{3})?$/.test(language))
    throw invalid("Language is not included in the list");
  return language || null;
}

function mediaFor({ held, rules }: Call, token: Token, ids: readonly string[], statusId: string | null): readonly Media[] {
  if (ids.length > rules.images) throw invalid(`Cannot attach more than ${rules.images} files`);
  const found = ids.map((id) => held.media.find((one) => one.id === id && one.accountId === token.accountId));
  const missing = ids.filter((_id, at) => !found[at] || (found[at].statusId !== null && found[at].statusId !== statusId));
  if (missing.length > 0) throw invalid(`Media ${missing.join(", ")} not found or already attached to another post`);
  const media = found as readonly Media[];
  if (media.some(({ isBroken }) => isBroken)) throw new Refused(422, "Cannot attach files that failed processing");
  if (media.some(({ polls }) => polls > 0))
    throw new Refused(422, "Cannot attach files that have not finished processing. Try again in a moment!");
  return media;
}

function descriptionsOf(given: Param, media: readonly Media[]): readonly (readonly [Media, string])[] {
  if (!Array.isArray(given)) throw new Refused(422, "“media_attributes” must be a list of objects");
  return (given as readonly { readonly id?: Param; readonly description?: Param }[]).map(({ id, description }) => {
    const one = media.find((known) => known.id === id);
    if (!one) throw invalid(`Media ${String(id)} not found`);
    return [one, typeof description === "string" ? description : ""] as const;
  });
}

/** A status as the service shows it. */
export function statusJson(call: Call, status: Status): object {
  const { held, rules } = call;
  const { username } = held.accounts.find(({ id }) => id === status.accountId)!;
  return {
    id: status.id,
    created_at: status.createdAt,
    edited_at: status.editedAt,
    uri: `${rules.url}/users/${username}/statuses/${status.id}`,
    url: `${rules.url}/@${username}/${status.id}`,
    content: contentHtml(status.text),
    spoiler_text: status.spoiler,
    sensitive: status.spoiler !== "",
    visibility: status.visibility,
    language: status.language,
    media_attachments: status.mediaIds.map((id) =>
      mediaJson(
        call,
        held.media.find((one) => one.id === id)!,
      ),
    ),
    account: { id: status.accountId, username, acct: username, url: `${rules.url}/@${username}` },
    application: { name: status.application },
    reblog: null,
    in_reply_to_id: null,
  };
}
