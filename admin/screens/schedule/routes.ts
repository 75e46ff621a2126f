import { PublicError } from "../../../core/errors.ts";
import type { Post } from "../../../core/hooks/values.ts";
import { publish } from "../../../core/posts/publish.ts";
import { isMissed } from "../../../core/posts/remove.ts";
import { nextSlot, scheduledPosts } from "../../../core/posts/schedule.ts";
import { one } from "../../fields.ts";
import { formatDate, fromLocalInput, toLocalInput } from "../../formats.ts";
import { onBlog, onPost, type OnBlog } from "../../on-blog.ts";
import { refusedAs, type AdminRequest, type AdminScreen } from "../../request.ts";
import { record } from "../posts/record.ts";
import { monthGrid, monthOf, neighbours } from "./month.ts";

/** What is to come out, by day or as a month, and other times for it. */
export const scheduleScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/schedule", access: "member", run: show },
  { method: "POST", path: "/b/:blog/posts/:id/schedule", access: "member", run: move },
  { method: "POST", path: "/b/:blog/posts/:id/publish", access: "member", run: publishNow },
];

const pageSize = 30;

async function show(request: AdminRequest) {
  const place = await onBlog(request, "post.create");
  const isMonth = request.query.get("view") === "month";
  const items = ["list", "month"].map((view) => ({
    href: place.at(view === "list" ? "/schedule" : "/schedule?view=month"),
    label: request.t(`schedule.view-${view}`),
    isCurrent: (view === "month") === isMonth,
  }));
  const slot = await nextSlot(place.scope);
  const data = {
    items,
    zone: place.blog.timeZone,
    at: place.at("/posts"),
    slot: slot && formatDate(slot, place.blog.timeZone, request.language),
    ...(isMonth ? await monthData(request, place) : await dayData(request, place)),
  };
  return request.html(isMonth ? "screens/schedule/month" : "screens/schedule/list", request.t("schedule.title"), data, {
    blog: place.blog,
  });
}

async function dayData(request: AdminRequest, place: OnBlog) {
  const [at, id] = (request.query.get("after") ?? "").split(" ");
  const mine = onlyMine(place);
  const found = await scheduledPosts(place.scope, { limit: pageSize + 1, ...(at && id && { after: { at, id } }), ...mine });
  const posts = found.slice(0, pageSize);
  const last = posts.at(-1);
  const now = place.scope.clock.now();
  const rows = posts.map((post) => ({
    post,
    local: toLocalInput(post.publishedAt, place.blog.timeZone),
    day: dayOf(request, post, place.blog.timeZone),
    isMissed: isMissed(post, now),
    mayPublish: place.may("post.publish", post),
  }));
  const days = Map.groupBy(rows, (row) => (row.isMissed ? request.t("schedule.missed") : row.day));
  const older = found.length > pageSize && last ? place.at(`/schedule?after=${last.publishedAt}+${last.id}`) : null;
  return { days: [...days].map(([day, list]) => ({ day, rows: list })), older };
}

async function monthData(request: AdminRequest, place: OnBlog) {
  const zone = place.blog.timeZone;
  const month = monthOf(request.query.get("month"), place.scope.clock.now(), zone);
  const grid = monthGrid(month, zone, request.language);
  const found = await scheduledPosts(place.scope, { from: grid.from, until: grid.until, limit: 100, ...onlyMine(place) });
  const byDay = Map.groupBy(found, (post) => toLocalInput(post.publishedAt, zone).slice(0, 10));
  const weeks = grid.weeks.map((week) =>
    week.map((day) => ({
      ...day,
      posts: (byDay.get(day.date) ?? []).map((post) => ({ post, time: timeOf(request, post, zone) })),
    })),
  );
  const { before, after } = neighbours(month);
  const to = (other: string) => place.at(`/schedule?view=month&month=${other}`);
  return { month: grid.title, weekdays: grid.weekdays, weeks, before: to(before), after: to(after), isCut: found.length === 100 };
}

async function move(request: AdminRequest) {
  const place = await onPost(request, "post.publish");
  const { post, scope, blog } = place;
  const { fields } = await request.form();
  if (post.status !== "scheduled" || !post.publishedAt) throw notScheduled(request);
  const days = Number(one(fields, "days"));
  const local = Temporal.PlainDateTime.from(toLocalInput(post.publishedAt, blog.timeZone));
  const wanted =
    Number.isInteger(days) && days !== 0 && Math.abs(days) <= 366 ? local.add({ days }).toString() : one(fields, "published");
  const publishedAt = fromLocalInput(wanted.slice(0, 16), blog.timeZone);
  if (publishedAt === null) throw new PublicError("schedule.date", request.t("compose.date-wrong"), 422);
  if (publishedAt <= scope.clock.now().toISOString()) throw new PublicError("schedule.past", request.t("schedule.past"), 422);
  await change(place, { publishedAt });
  const date = `${formatDate(publishedAt, blog.timeZone, request.language)} (${blog.timeZone})`;
  return request.redirect(place.at("/schedule"), request.t("compose.scheduled", { date }));
}

async function publishNow(request: AdminRequest) {
  const place = await onPost(request, "post.publish");
  if (place.post.status !== "scheduled") throw notScheduled(request);
  const post = await change(place, { publishedAt: place.scope.clock.now().toISOString() });
  const undo = {
    path: place.at(`/posts/${post.id}/undo`),
    fields: { version: String(post.version) },
    label: request.t("posts.undo"),
  };
  return request.redirect(place.at(`/posts/${post.id}`), { text: request.t("compose.published"), undo });
}

async function change(place: OnBlog & { readonly post: Post }, { publishedAt }: { publishedAt: string }) {
  const { scope, post } = place;
  const draft = { id: post.id, version: post.version, status: "published" as const, publishedAt };
  const outcome = await publish(scope, draft, { reason: "schedule" });
  if (!outcome.ok) throw refusedAs(outcome.refusal);
  await record(place, outcome.post.status === "published" ? "post.published" : "post.rescheduled", post.id, { publishedAt });
  return outcome.post;
}

const notScheduled = (request: AdminRequest) => new PublicError("schedule.not", request.t("schedule.not"), 409);

const onlyMine = (place: OnBlog) => (place.may("blog.edit") ? {} : { authorId: place.scope.principal.accountId! });

function dayOf({ language }: AdminRequest, post: Post, timeZone: string): string {
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone }).format(new Date(post.publishedAt!));
}

function timeOf({ language }: AdminRequest, post: Post, timeZone: string): string {
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone }).format(new Date(post.publishedAt!));
}
