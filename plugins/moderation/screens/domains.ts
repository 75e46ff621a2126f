import { PublicError } from "rookery/plugin";
import { blockedHosts, blockHost, hostFrom, unblockHost } from "../domains/domains.ts";
import { exportHosts, importHosts } from "../domains/list-file.ts";
import { nowOf, typed } from "../rows.ts";
import { namesOf, ownOf, pageOf, refusalOf, tabsOf, type Request } from "./request.ts";

const each = 100;
const file = "blocked-domains.txt";

/** Domains of which nothing comes in. */
export async function domainsPage(request: Request, problem?: { sentence: string; status: number; fields: URLSearchParams }) {
  const { at, query } = request;
  const after = hostFrom(query.get("after") ?? "") ?? "";
  const found = await blockedHosts(ownOf(request), after, each + 1);
  const { shown, next } = pageOf(found, each, ({ host }) => `${at("/admin/moderation/domains")}?after=${host}`);
  const name = namesOf(request);
  return {
    template: "domains",
    status: problem?.status ?? 200,
    data: {
      tabs: tabsOf(request, "/domains"),
      rows: await Promise.all(shown.map(async (one) => ({ ...one, by: await name(one.by) }))),
      next,
      action: at("/admin/moderation/domains"),
      exportAt: at(`/admin/moderation/domains/${file}`),
      host: problem?.fields.get("host") ?? "",
      reason: problem?.fields.get("reason") ?? "",
      list: problem?.fields.get("list") ?? "",
      error: problem?.sentence ?? null,
    },
  };
}

/** Blocks a domain, lets one in again, or takes a list in. */
export async function domainsForm(request: Request) {
  const { fields } = await request.form();
  const { at } = request;
  try {
    return request.redirect(at("/admin/moderation/domains"), await change(request, fields));
  } catch (error) {
    return domainsPage(request, { ...refusalOf(request, error), fields });
  }
}

/** All of them, one a line. */
export async function domainsFile(request: Request) {
  if (request.params.file !== file) throw new PublicError("no-file", "There is no such list.", 404);
  const headers = {
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": 'attachment; filename="blocked-domains.txt"',
    "cache-control": "no-store",
  };
  return { headers, text: await exportHosts(ownOf(request)) };
}

async function change(request: Request, fields: URLSearchParams): Promise<string> {
  const context = ownOf(request);
  const by = request.account!.id;
  const reason = typed(fields.get("reason"), 2_000);
  const host = hostFrom(fields.get("host") ?? "");
  if (fields.get("intent") === "unblock") {
    if (host) await unblockHost(context, host);
    if (host)
      await context.tables.run(
        "UPDATE p_moderation_actions SET state = 'undone', undone_at = ?, undone_by = ? WHERE subject_id = ? AND state = 'active' AND kind = 'domain'",
        [nowOf(context), by, host],
      );
    await context.audit({ action: "domain-undone", subject: host ?? "", accountId: by });
    return context.t("domains.unblocked");
  }
  if (reason === "") throw new PublicError("no-reason", "Give a reason: the person is told it.", 422);
  if (fields.get("intent") === "import") {
    const { added, wrong } = await importHosts(context, { list: fields.get("list") ?? "", reason, by });
    return [context.t("domains.imported", { n: added }), ...(wrong > 0 ? [context.t("domains.wrong", { n: wrong })] : [])].join(
      " ",
    );
  }
  if (!host) throw new PublicError("no-host", "This is no domain. It looks like boats.example", 422);
  await blockHost(context, { host, reason, by });
  await context.audit({ action: "domain", subject: host, accountId: by, detail: { reason: reason.slice(0, 500) } });
  return context.t("domains.blocked");
}
