import { audit } from "../../../core/people/audit.ts";
import {
  assertLeads,
  dropRedirect,
  keepRedirects,
  listMoves,
  listRedirects,
} from "../../../core/posts/redirects/own-redirects.ts";
import { checkedRedirect } from "../../../core/posts/redirects/redirect-target.ts";
import { Roads } from "../../../core/posts/redirects/roads.ts";
import { isUlid } from "../../../core/ids.ts";
import { byOf, refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest, type AdminScreen } from "../../request.ts";
import { rulesFor } from "./rules.ts";
import { lookAtFile, showFileForm } from "./file.ts";

/** Addresses that lead elsewhere: those people made, those that moves left, and lists of many. */
export const redirectScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/redirects", access: "member", run: list },
  { method: "POST", path: "/b/:blog/redirects", access: "member", run: add },
  { method: "GET", path: "/b/:blog/redirects/moved", access: "member", run: moved },
  { method: "GET", path: "/b/:blog/redirects/file", access: "member", run: showFileForm },
  { method: "POST", path: "/b/:blog/redirects/file", access: "member", run: lookAtFile },
  { method: "POST", path: "/b/:blog/redirects/:id/delete", access: "member", run: drop },
];

type Typed = { from: string; to: string; status: string; errors?: Record<string, string> };

async function list(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { query } = request;
  // What was just deleted comes back into the form, so that one click undoes it.
  const typed = { from: query.get("from") ?? "", to: query.get("to") ?? "", status: query.get("status") ?? "301" };
  return page(request, place, typed);
}

async function add(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { scope, blog } = place;
  const { fields } = await request.form();
  const typed = { from: one(fields, "from"), to: one(fields, "to"), status: one(fields, "status") };
  const rules = await rulesFor(place);
  const refused = await refusalOf(() =>
    scope.storage.write(async (db) => {
      const checked = checkedRedirect(blog, typed, rules);
      await assertLeads(checked, new Roads(scope));
      await keepRedirects(scope, db, [checked]);
      const detail = { to: checked.target, status: checked.status };
      await audit(db, { action: "redirect.added", subject: checked.path, detail, ...byOf(place) }, scope.clock.now());
    }),
  );
  if (!refused) return request.redirect(place.at("/redirects"), request.t("redirects.added", { from: typed.from }));
  const field = ["redirect.to", "redirect.circle", "redirect.chain", "redirect.same"].includes(refused.key)
    ? "to"
    : refused.key === "redirect.status"
      ? "status"
      : "from";
  return page(request, place, { ...typed, errors: { [field]: sentenceFor(request, refused) } });
}

async function drop(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { scope } = place;
  const id = request.params.id ?? "";
  const gone = await scope.storage.write(async (db) => {
    const dropped = isUlid(id) ? await dropRedirect(scope, db, id) : null;
    const detail = dropped && { to: dropped.target, status: dropped.status };
    if (dropped)
      await audit(db, { action: "redirect.deleted", subject: dropped.path, detail: detail!, ...byOf(place) }, scope.clock.now());
    return dropped;
  });
  if (!gone) return request.redirect(place.at("/redirects"), request.t("redirects.gone"));
  const back = new URLSearchParams({ from: gone.path, to: gone.target, status: String(gone.status) });
  return request.redirect(place.at(`/redirects?${back}`), request.t("redirects.deleted", { from: gone.path }));
}

async function moved(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { moves, next } = await listMoves(place.scope, request.query.get("after") ?? undefined);
  const data = {
    moves,
    older: next && place.at(`/redirects/moved?after=${encodeURIComponent(next)}`),
    items: tabsOf(request, place, "moved"),
    zone: place.blog.timeZone,
  };
  return request.html("screens/redirects/moved", request.t("redirects.title"), data, { blog: place.blog });
}

async function page(request: AdminRequest, place: OnBlog, typed: Typed) {
  const search = (request.query.get("q") ?? "").trim().slice(0, 200);
  const after = request.query.get("after") ?? "";
  const { redirects, next } = await listRedirects(place.scope, { ...(isUlid(after) && { after }), ...(search && { search }) });
  const older = next && place.at(`/redirects?${new URLSearchParams({ ...(search && { q: search }), after: next })}`);
  const data = {
    redirects,
    older,
    search,
    typed,
    errors: typed.errors,
    kinds: kindChoices(request),
    items: tabsOf(request, place, "own"),
    at: place.at("/redirects"),
  };
  const options = { blog: place.blog, status: typed.errors ? 422 : 200 };
  return request.html("screens/redirects/list", request.t("redirects.title"), data, options);
}

function kindChoices({ t }: AdminRequest) {
  return [
    { value: "301", label: t("redirects.for-good") },
    { value: "302", label: t("redirects.for-now") },
  ];
}

function tabsOf({ t }: AdminRequest, place: OnBlog, current: "own" | "moved") {
  return [
    { href: place.at("/redirects"), label: t("redirects.own"), isCurrent: current === "own" },
    { href: place.at("/redirects/moved"), label: t("redirects.moved"), isCurrent: current === "moved" },
  ];
}
