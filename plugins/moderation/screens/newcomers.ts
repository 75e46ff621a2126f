import { letThrough, turnAway } from "../review/held.ts";
import { newcomers } from "../review/people.ts";
import { nowOf } from "../rows.ts";
import { afterOf, ownOf, pageOf, refusalOf, tabsOf, type Request } from "./request.ts";

const each = 30;

/** New accounts that nobody has looked at, who came first first. */
export async function newcomersPage(request: Request, problem?: { sentence: string; status: number }) {
  const { at, account } = request;
  const context = ownOf(request);
  const seen = nowOf(context);
  const found = await newcomers(context, afterOf(request), each + 1);
  const { shown, next } = pageOf(found, each, ({ accountId }) => `${at("/admin/moderation/new")}?after=${accountId}`);
  const rows = await Promise.all(
    shown.map(async ({ accountId, review }) => {
      const person = await context.people.standing(accountId);
      const aboutAt = `${at("/admin/moderation/about")}?person=${accountId}`;
      return person && { ...person, accountId, isWaiting: review === "waiting", aboutAt };
    }),
  );
  return {
    template: "newcomers",
    status: problem?.status ?? 200,
    data: {
      tabs: tabsOf(request, "/new"),
      rows: rows.filter((row) => row?.state === "active"),
      next,
      seen,
      action: at("/admin/moderation/new"),
      signUpsAt: account!.role === "admin" ? "/admin/people" : null,
      error: problem?.sentence ?? null,
    },
  };
}

/** Lets somebody through, or keeps them out. */
export async function newcomersForm(request: Request) {
  return review(request, "/admin/moderation/new", (problem) => newcomersPage(request, problem));
}

/** One click about a person whose words wait, from whichever list. */
export async function review<T>(
  request: Request,
  path: string,
  again: (problem: { sentence: string; status: number }) => Promise<T>,
) {
  const { fields } = await request.form();
  const { at, context, account } = request;
  const [id, intent] = [fields.get("person") ?? "", fields.get("intent")];
  const person = /^[0-9A-Z]{26}$/.test(id) ? await context.people.standing(id) : null;
  if (!person) return request.redirect(at(path), context.t("new.nobody"));
  let isAll = true;
  try {
    if (intent === "pass") isAll = await letThrough(ownOf(request), account!, id, seenIn(request, fields));
    else if (intent === "refuse")
      await turnAway(ownOf(request), account!, id, context.t("new.reason", {}, person.account.language));
    else return request.redirect(at(path));
  } catch (error) {
    return again(refusalOf(request, error));
  }
  const said = intent === "refuse" ? "new.refused" : isAll ? "new.passed" : "new.more";
  return request.redirect(at(path), context.t(said, { name: person.account.username }));
}

/** When the page was made that a form came from: what came later, nobody looked at. Now, where it does not say. */
export function seenIn({ context }: Request, fields: URLSearchParams): string {
  const [seen, now] = [fields.get("seen") ?? "", nowOf(context)];
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(seen) && seen < now ? seen : now;
}
