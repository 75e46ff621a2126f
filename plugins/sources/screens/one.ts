import { checkNow, copyInto, removeSource, sourceOf } from "../owners.ts";
import { healthOf, ownOf, type Request } from "./request.ts";

/** One source: how it is, where it goes, and what can be done. */
export async function onePage(request: Request) {
  const context = ownOf(request);
  const { owner, feed } = await sourceOf(context, request.account!.id, request.params.id ?? "");
  const blogs = (await context.identity.blogsOf(owner.account_id)).map(({ blog }) => ({
    value: blog.id,
    label: blog.title || blog.host,
  }));
  const data = {
    feed: {
      title: feed.title || feed.url,
      url: feed.url,
      site: feed.site,
      checkedAt: feed.checked_at,
      freshAt: feed.fresh_at,
      isTold: feed.lease_ends !== null && feed.lease_ends > context.clock.now().toISOString(),
      nextAt: feed.state === "active" ? feed.next_at : null,
    },
    health: healthOf(request, feed),
    proof: owner.proof || "none",
    isCrossposted: owner.is_crossposted === 1,
    blog: owner.blog_id,
    blogs: [{ value: "", label: context.t("one.nowhere") }, ...blogs],
    action: request.at(`/sources/${owner.id}`),
    back: request.at("/sources"),
  };
  return { template: "one", title: feed.title || feed.url, data };
}

/** Checks a source now, changes where it goes, or removes it. */
export async function changeForm(request: Request) {
  const { fields } = await request.form();
  const context = ownOf(request);
  const mine = await sourceOf(context, request.account!.id, request.params.id ?? "");
  const here = request.at(`/sources/${mine.owner.id}`);
  if (fields.get("intent") === "remove") {
    await removeSource(context, mine);
    return request.redirect(request.at("/sources"), context.t("removed"));
  }
  if (fields.get("intent") === "check")
    return request.redirect(here, context.t((await checkNow(context, mine.feed)) ? "checking" : "checked"));
  await copyInto(context, mine, fields.get("blog") ?? "", fields.has("crosspost"));
  return request.redirect(here, context.t("saved"));
}
