import { numberFrom } from "../ids.ts";
import { above } from "../reading/pages.ts";
import { beginOf, hasDiscover } from "./begin.ts";
import { storeOf, wishOf, type Request } from "./request.ts";
import { listOf } from "./rows.ts";

const marked = "timeline";

/** The home timeline, with a mark where one had read to; on the start page its newest part. */
export async function timelinePage(request: Request) {
  const { account, at, context, path, query } = request;
  const store = storeOf(request);
  const page = await store.home(account!.id, wishOf(request));
  const mark = (await store.markers(account!.id)).find(({ channel }) => channel === marked);
  const list = await listOf(request, "/timeline", page);
  const newest = page.items[0]?.number ?? 0;
  const isFirst = !query.has("before");
  const unread = mark && isFirst ? await store.newer(account!.id, mark.number) : 0;
  const up = mark && unread > 40 ? await above(context, account!.id, mark.number) : null;
  return {
    template: "list",
    data: {
      ...list,
      markPage: up === null ? null : `${at("/timeline")}?before=${up}#read`,
      tabs: tabsOf(request, "/timeline"),
      begin: await beginOf(request),
      action: at("/timeline"),
      marker: mark?.number ?? 0,
      isFirst,
      unread: Math.min(unread, 40),
      isMore: unread > 40,
      // What is on the page can be marked as read, once.
      canMark: isFirst && newest > 0 && newest !== mark?.number,
      newest,
      markAt: path === "/" ? "/" : "",
      empty: isFirst ? "empty.timeline" : "empty.end",
    },
  };
}

/** Keeps how far somebody has read. */
export async function markForm(request: Request) {
  const { fields } = await request.form();
  const number = numberFrom(fields.get("number"));
  if (number !== null)
    await storeOf(request).mark(request.account!.id, {
      channel: marked,
      number,
      markedAt: request.context.clock.now().toISOString(),
    });
  return request.redirect(fields.get("at") === "/" ? "/" : request.at("/timeline"), request.context.t("marked"));
}

/** Replies to somebody, and what names them. */
export async function mentionsPage(request: Request) {
  const page = await storeOf(request).mentions(request.account!.id, wishOf(request));
  return {
    template: "list",
    data: {
      ...(await listOf(request, "/mentions", page)),
      tabs: tabsOf(request, "/mentions"),
      empty: emptyOf(request, "mentions"),
    },
  };
}

/** What has pictures, of the home timeline. */
export async function photosPage(request: Request) {
  const page = await storeOf(request).photos(request.account!.id, wishOf(request));
  return {
    template: "list",
    data: { ...(await listOf(request, "/photos", page)), tabs: tabsOf(request, "/photos"), empty: emptyOf(request, "photos") },
  };
}

function tabsOf(request: Request, here: string) {
  const { at, context, path: opened } = request;
  const tabs = ["/timeline", "/mentions", "/photos"].map((path) => ({
    href: path === "/timeline" && opened === "/" ? "/" : at(path),
    label: context.t(`screens.${path}`),
    isCurrent: path === here,
  }));
  if (!hasDiscover(request)) return tabs;
  return [...tabs, { href: at("/discover"), label: context.t("list.discover"), isCurrent: false }];
}

const emptyOf = ({ query }: Request, list: string): string => (query.has("before") ? "empty.end" : `empty.${list}`);
