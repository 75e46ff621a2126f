import { wantsCopies } from "../choices.ts";
import { draftOf, keepDraft } from "../drafts.ts";
import { numberFrom } from "../ids.ts";
import { unsentText } from "../unsent.ts";
import { tidy } from "../text/read-text.ts";
import { standingOf } from "../reading/standing.ts";
import type { ReplyRow } from "../rows/reply-row.ts";
import { itemOf } from "../timeline.ts";
import { reply } from "../writing/reply.ts";
import { drawn, hubOfRequest, noReply, refusalOf, type Request } from "./request.ts";

type Problem = { readonly sentence: string; readonly status: number; readonly text: string; readonly copies: boolean };

/** The box for a reply, with what is answered and what was begun before; 0 stands for a mention. */
export async function writePage(request: Request, problem?: Problem) {
  const { account, at, query } = request;
  const context = hubOfRequest(request);
  const number = numberOf(request);
  const item = number === 0 ? null : await itemOf(context, account!.id, number);
  const unsent = problem ? "" : await unsentOf(request, number);
  const draft = problem?.text ?? (unsent || (await draftOf(context, account!.id, number)));
  // What was written to something that is gone meanwhile is still there to be taken along.
  if (!item && number !== 0 && draft === "") throw noReply();
  const home = await context.accounts.homeOf(account!.username);
  const to = (query.get("to") ?? "").slice(0, 40);
  return {
    template: "write",
    ...(number === 0 && { title: request.context.t("write.mention") }),
    status: problem?.status ?? 200,
    data: {
      item: item && drawn(request, item),
      isGone: !item && number !== 0,
      isMention: number === 0,
      text: draft || (number === 0 && /^[a-z0-9-]+$/i.test(to) ? `@${to} ` : ""),
      isDraft: draft !== "" && unsent === "" && !problem,
      isUnsent: unsent !== "",
      error: problem?.sentence ?? null,
      action: `${at(`/replies/to/${number}`)}?from=${account!.id}`,
      canCopy: home !== null && number !== 0,
      host: home?.host ?? "",
      copies: problem?.copies ?? (await wantsCopies(context, account!.id)),
      back: item ? at(`/c/${number}`) : at("/replies"),
    },
  };
}

/** Sends what was typed, or keeps it as a draft. Nothing that was typed is lost. */
export async function writeForm(request: Request) {
  const { account, at } = request;
  const context = hubOfRequest(request);
  const { t } = request.context;
  const number = numberOf(request);
  const { fields } = await request.form();
  const text = fields.get("text") ?? "";
  if (fields.get("intent") === "draft") {
    await keepDraft(context, account!.id, number, text);
    return request.redirect(at("/replies?tab=drafts"), t("write.kept"));
  }
  // The box of the conversation's page does not ask.
  const isAsked = fields.has("asks-copy");
  const copy = fields.get("copy") === "on";
  try {
    const row = await reply(context, { accountId: account!.id, number, text, ...(isAsked && { copy }) });
    const flash = t(`sent.${await standingOf(context, row)}`, { name: row.toName });
    return request.redirect(sentTo(request, number, row), flash);
  } catch (error) {
    const { sentence, status } = refusalOf(error, request);
    return writePage(request, { sentence, status, text: tidy(text), copies: copy });
  }
}

// Where it did not arrive yet, its place is among one's own.
const sentTo = ({ at }: Request, number: number, { state }: ReplyRow): string =>
  number !== 0 && state === "sent" ? at(`/c/${number}`) : at("/replies?tab=mine");

// What could not be sent is a draft from now on; one that was there before stays until this is sent or kept.
async function unsentOf(request: Request, number: number): Promise<string> {
  const { account, query } = request;
  const context = hubOfRequest(request);
  const [key, accountId] = [query.get("unsent") ?? "", account!.id];
  const text = await unsentText(context, key, { accountId, place: `/replies/to/${number}` });
  const before = text === "" ? "" : await draftOf(context, accountId, number);
  if (text !== "" && before === "") await keepDraft(context, accountId, number, text);
  return text;
}

/** The number of what is answered. PublicError 404 for none. */
export function numberOf({ params }: Request): number {
  const number = numberFrom(params.number);
  if (number === null) throw noReply();
  return number;
}
