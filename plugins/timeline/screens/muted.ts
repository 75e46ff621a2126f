import type { MuteWish } from "../api.ts";
import { sentenceOf, storeOf, type Request } from "./request.ts";

const days: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };

/** What somebody does not want to see, and a form for more. */
export async function mutedPage(request: Request, problem?: { sentence: string; fields: URLSearchParams }) {
  const { account, at, query } = request;
  const said = (name: string) => problem?.fields.get(name) ?? query.get(name) ?? "";
  return {
    template: "muted",
    status: problem ? 422 : 200,
    data: {
      rows: await storeOf(request).mutes(account!.id),
      action: at("/muted"),
      kind: said("kind") || "person",
      value: said("value").slice(0, 200),
      end: said("end") || "never",
      error: problem?.sentence ?? null,
    },
  };
}

/** Mutes, blocks, or ends it. */
export async function muteForm(request: Request) {
  const { fields } = await request.form();
  const { account, context, at } = request;
  const store = storeOf(request);
  if (fields.get("intent") === "unmute") {
    await store.unmute(account!.id, fields.get("id") ?? "");
    return request.redirect(at("/muted"), context.t("unmuted"));
  }
  const kind = fields.get("kind") ?? "";
  const length = days[fields.get("end") ?? ""];
  const wish: MuteWish = {
    kind: kind === "word" || kind === "domain" ? kind : "person",
    value: (fields.get("value") ?? "").slice(0, 2_048),
    isBlock: kind === "block",
    hidesReplies: fields.get("hidesReplies") === "on",
    until: length ? new Date(context.clock.now().getTime() + length * 86_400_000).toISOString() : null,
  };
  try {
    await store.mute(account!.id, wish);
  } catch (error) {
    return mutedPage(request, { sentence: sentenceOf(error, request), fields });
  }
  return request.redirect(at("/muted"), context.t("muted"));
}
