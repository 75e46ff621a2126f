import { isUlid } from "rookery/plugin";
import { setCopies, wantsCopies } from "../choices.ts";
import { draftsOf, dropDraft } from "../drafts.ts";
import { numberFrom } from "../ids.ts";
import { ownRows } from "../reading/own-replies.ts";
import { standingOf, takesReports } from "../reading/standing.ts";
import type { ReplyRow } from "../rows/reply-row.ts";
import { timeline } from "../timeline.ts";
import { copyChange, setCopy } from "../writing/copy-later.ts";
import { canEdit, retry } from "../writing/edit.ts";
import { drawn, hubOfRequest, type Request } from "./request.ts";

const each = 20;
const tabs = ["received", "mine", "drafts"] as const;
type Tab = (typeof tabs)[number];

/** What was said to somebody, what they said, and what they began to say. */
export async function listPage(request: Request) {
  const { account, at, query } = request;
  const context = hubOfRequest(request);
  const tab = tabs.find((one) => one === query.get("tab")) ?? "received";
  const home = await context.accounts.homeOf(account!.username);
  return {
    template: "list",
    data: {
      tab,
      tabs: tabs.map((one) => ({ href: addressOf(at, one), label: request.context.t(`tab.${one}`), isCurrent: one === tab })),
      action: at("/replies"),
      newAt: at("/replies/to/0"),
      canCopy: home !== null,
      host: home?.host ?? "",
      copies: await wantsCopies(context, account!.id),
      ...(await listOf(request, tab)),
    },
  };
}

/** Tries one again, puts it on the own blog or takes it off there, drops a draft, or keeps whether replies stand on the own blog too. */
export async function listForm(request: Request) {
  const { account, at } = request;
  const context = hubOfRequest(request);
  const { t } = request.context;
  const { fields } = await request.form();
  switch (fields.get("intent")) {
    case "retry": {
      const row = await retry(context, account!.id, fields.get("id") ?? "");
      return request.redirect(addressOf(at, "mine"), t(`sent.${await standingOf(context, row)}`, { name: row.toName }));
    }
    case "copy":
    case "uncopy": {
      const isWanted = fields.get("intent") === "copy";
      const { copyUrl, isDue } = await setCopy(context, account!.id, fields.get("id") ?? "", isWanted);
      const became = isDue ? "changed.waiting" : copyUrl !== "" ? "copied" : isWanted ? "copy-failed" : "uncopied";
      return request.redirect(addressOf(at, "mine"), t(became));
    }
    case "drop": {
      const number = numberFrom(fields.get("number"));
      if (number !== null) await dropDraft(context, account!.id, number);
      return request.redirect(addressOf(at, "drafts"), t("dropped"));
    }
    default:
      await setCopies(context, account!.id, fields.get("copies") === "on");
      return request.redirect(addressOf(at, "mine"), t("chosen"));
  }
}

const addressOf = (at: Request["at"], tab: Tab): string => at(tab === "received" ? "/replies" : `/replies?tab=${tab}`);

function listOf(request: Request, tab: Tab) {
  if (tab === "mine") return mine(request);
  return tab === "drafts" ? drafts(request) : received(request);
}

async function received(request: Request) {
  const { account, at, query } = request;
  const context = hubOfRequest(request);
  const before = query.get("before");
  const wish = { limit: each, ...(before !== null && { before: numberFrom(before) || -1 }) };
  const page = await timeline(context, (store) => store.mentions(account!.id, wish));
  const blogs = new Map((await context.identity.blogsOf(account!.id)).map(({ blog, role }) => [blog.id, { blog, role }]));
  const reports = takesReports(context);
  const rows = page.items.map((item) => {
    const { number, author, blogId, kind } = item;
    const own = kind === "post" ? undefined : blogs.get(blogId);
    return {
      ...drawn(request, item),
      replyAt: at(`/replies/to/${number}`),
      hideAt: own && own.role !== "reader" ? `/b/${own.blog.host}/replies` : "",
      reportAt: reports ? `/report?number=${number}` : "",
      muteAt: author.handle === "" ? "" : `/muted?kind=person&value=${encodeURIComponent(author.handle)}`,
    };
  });
  return { rows, older: page.next === null ? null : `${at("/replies")}?before=${page.next}` };
}

async function mine(request: Request) {
  const { account, at, query } = request;
  const context = hubOfRequest(request);
  const after = query.get("after") ?? "";
  const found = await ownRows(context, account!.id, isUlid(after) ? after : "");
  const some = found.slice(0, each);
  const rows = await Promise.all(some.map((row) => ownDrawn(request, row)));
  return { rows, older: found.length > each ? `${addressOf(at, "mine")}&after=${some.at(-1)!.id}` : null };
}

async function ownDrawn(request: Request, row: ReplyRow) {
  const { at } = request;
  const context = hubOfRequest(request);
  return {
    id: row.id,
    html: context.images.inHtml(row.html),
    saidAt: row.createdAt,
    toName: row.toName,
    answered: row.targetUrl,
    standing: await standingOf(context, row),
    reason: row.reason,
    showAt: at(`/replies/${row.id}`),
    editAt: at(`/replies/${row.id}/edit`),
    canEdit: canEdit(context, row),
    copyChange: copyChange(row),
    conversation: row.number > 0 ? at(`/c/${row.number}`) : "",
  };
}

async function drafts(request: Request) {
  const { account, at } = request;
  const found = await draftsOf(hubOfRequest(request), account!.id);
  const rows = found.map(({ number, source, updatedAt }) => ({
    number,
    text: source.slice(0, 300).toWellFormed(),
    saidAt: updatedAt,
    writeAt: at(`/replies/to/${number}`),
  }));
  return { rows, older: null };
}
