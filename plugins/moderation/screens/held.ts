import { heldThings, refuseHeld } from "../review/held.ts";
import type { Kept } from "../review/judged.ts";
import { nowOf } from "../rows.ts";
import { review, seenIn } from "./newcomers.ts";
import { afterOf, namesOf, ownOf, pageOf, tabsOf, type Request } from "./request.ts";

const each = 60;

/** Posts and replies that wait, the oldest first, by person. */
export async function heldPage(request: Request, problem?: { sentence: string; status: number }) {
  const { at, context } = request;
  const seen = nowOf(context);
  const found = await heldThings(ownOf(request), afterOf(request), each + 1);
  const { shown, next } = pageOf(found, each, ({ id }) => `${at("/admin/moderation/held")}?after=${id}`);
  const name = namesOf(request);
  const people = Map.groupBy(shown, ({ accountId }) => accountId);
  const rows = [...people].map(async ([accountId, things]) => ({
    accountId,
    name: await name(accountId),
    aboutAt: `${at("/admin/moderation/about")}?person=${accountId}`,
    things: things.map((one) => thingOf(request, one)),
  }));
  return {
    template: "held",
    status: problem?.status ?? 200,
    data: {
      tabs: tabsOf(request, "/held"),
      rows: await Promise.all(rows),
      next,
      seen,
      action: at("/admin/moderation/held"),
      error: problem?.sentence ?? null,
      hint: context.t("held.help"),
    },
  };
}

/** Lets everything of a person through, refuses it, or keeps the person out as well. */
export async function heldForm(request: Request) {
  const { fields } = await request.form();
  const { at, context, account } = request;
  const id = fields.get("person") ?? "";
  if (fields.get("intent") === "drop" && /^[0-9A-Z]{26}$/.test(id)) {
    await refuseHeld(ownOf(request), account!, id, seenIn(request, fields));
    return request.redirect(at("/admin/moderation/held"), context.t("held.dropped"));
  }
  return review(request, "/admin/moderation/held", (problem) => heldPage(request, problem));
}

function thingOf({ context }: Request, { kind, url, excerpt, why, at }: Kept) {
  return { kind: context.t(`kind.${kind}`), url, excerpt, at, why: why.map((one) => context.t(`why.${one}`)) };
}
