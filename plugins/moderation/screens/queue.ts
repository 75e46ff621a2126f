import { isUlid } from "rookery/plugin";
import { categories, type Category } from "../api.ts";
import { actKinds, fitting, type ActKind } from "../decisions/acts.ts";
import { decide } from "../decisions/decide.ts";
import { caseById, closeCase, openCases, type Case } from "../reports/cases.ts";
import { categoryFrom } from "../reports/report.ts";
import { afterOf, namesOf, ownOf, pageOf, refusalOf, tabsOf, type Request } from "./request.ts";

const each = 30;
const most = 100;

/** What was reported, the oldest first. All reports of one thing stand in one row. */
export async function queuePage(request: Request, problem?: { sentence: string; status: number; fields: URLSearchParams }) {
  const { at, context } = request;
  const [wish, after] = [wishOf(request), afterOf(request)];
  const found = await openCases(ownOf(request), { ...wish, after }, each + 1);
  const { shown, next } = pageOf(found, each, ({ id }) => queueAt(request, { ...wish, after: id }));
  const name = namesOf(request);
  const rows = await Promise.all(shown.map(async (one) => ({ ...(await rowOf(request, one)), by: await name(one.accountId) })));
  const isAll = request.query.get("all") === "yes";
  const ticked = new Set(problem?.fields.getAll("case"));
  return {
    template: "queue",
    status: problem?.status ?? 200,
    data: {
      tabs: tabsOf(request, ""),
      rows: rows.map((row) => ({ ...row, isTicked: isAll || ticked.has(row.id) })),
      next,
      // With where in the list: what is refused is shown there again, with its ticks.
      action: queueAt(request, { ...wish, after }),
      queueAt: at("/admin/moderation"),
      all: isAll ? null : queueAt(request, { ...wish, after, all: "yes" }),
      person: wish.person && { id: wish.person, name: await name(wish.person) },
      category: wish.category ?? "",
      categories: ["", ...categories].map((one) => ({ value: one, label: context.t(one ? `category.${one}` : "queue.all") })),
      choices: ["close", ...actKinds.filter((one) => one !== "domain")].map((one) => ({
        value: one,
        label: context.t(one === "close" ? "bulk.close" : `act.${one}`),
      })),
      act: problem?.fields.get("act") ?? "close",
      reason: problem?.fields.get("reason") ?? "",
      error: problem?.sentence ?? null,
    },
  };
}

/** One action for all rows that are ticked. */
export async function bulkForm(request: Request) {
  const { fields } = await request.form();
  const { context } = request;
  const ids = [...new Set(fields.getAll("case"))].filter((id) => /^[0-9A-Z]{26}$/.test(id)).slice(0, most);
  const act = fields.get("act") ?? "";
  const refuse = (key: string) => queuePage(request, { sentence: context.t(`error.${key}`), status: 422, fields });
  if (ids.length === 0) return refuse("no-rows");
  if (act !== "close" && !actKinds.some((one) => one === act)) return refuse("no-acts");
  if ((fields.get("reason") ?? "").trim() === "") return refuse("no-reason");
  let [done, not] = [0, 0];
  for (const id of ids) {
    const found = await caseById(ownOf(request), id);
    const isDone = found?.isOpen === true && (await doOne(request, found, { act, reason: fields.get("reason")! }));
    if (isDone) done++;
    else not++;
  }
  const words = [context.t("bulk.done", { n: done }), ...(not > 0 ? [context.t("bulk.not", { n: not })] : [])];
  return request.redirect(queueAt(request, wishOf(request)), words.join(" "));
}

type Wish = { readonly category: Category | null; readonly person: string };

const wishOf = ({ query }: Request): Wish => {
  const person = query.get("person") ?? "";
  return { category: categoryFrom(query.get("category")), person: isUlid(person) ? person : "" };
};

/** The address of the queue, or of some of it. */
export function queueAt({ at }: Request, some: Partial<Wish> & { readonly after?: string; readonly all?: "yes" }): string {
  const wanted = Object.entries(some).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const query = new URLSearchParams(wanted).toString();
  return at("/admin/moderation") + (query === "" ? "" : `?${query}`);
}

// What is about nothing any more is closed with it: there is nothing to wait for.
async function doOne(request: Request, found: Case, { act, reason }: { act: string; reason: string }): Promise<boolean> {
  const context = ownOf(request);
  const by = request.account!;
  if (act === "close") return closeCase(context, found.id, by.id, reason);
  if (!fitting(found, context.site.url).includes(act as ActKind)) return false;
  const wish = { by, target: found, acts: [act as ActKind], reason, length: "open", withBlogs: true };
  try {
    await decide(context, { ...wish, caseId: found.id, closes: true });
    return true;
  } catch (error) {
    refusalOf(request, error);
    return false;
  }
}

/** A case as lists show it. */
export async function rowOf({ at, context }: Request, { id, title, kind, categories, openedAt, url }: Case) {
  return {
    id,
    title: title || url,
    kind: context.t(`kind.${kind}`),
    why: categories.map((one) => context.t(`category.${one}`)),
    openedAt,
    href: at(`/admin/moderation/case/${id}`),
  };
}
