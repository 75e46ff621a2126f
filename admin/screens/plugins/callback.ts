import { blogById } from "../../../core/blogs/blogs.ts";
import { spokenIn } from "../../../core/hooks/scope.ts";
import { actorOn } from "../../../core/blogs/memberships.ts";
import { PublicError } from "../../../core/errors.ts";
import type { Blog } from "../../../core/hooks/values.ts";
import { finishConnection } from "../../../core/host/connections/connect.ts";
import { can } from "../../../core/people/permissions.ts";
import { prefix } from "../../components/generated-form/sent-values.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { blogPlaceOf } from "./blog-place.ts";
import { sitePlace } from "./site-place.ts";

/** Takes what a service sends back, and goes on to the settings it was about. */
export async function finishConnecting(request: AdminRequest) {
  const { house, scope, query, session, t } = request;
  const done = await finishConnection(house, spokenIn(scope, request.language), { session: session!.idHash, query }, (blogId) =>
    placeOf(request, blogId),
  );
  const { pluginId, setting, blogId, outcome } = done;
  const blog = blogId === null ? null : await blogById(house.storage, blogId, house.site);
  const named = { ...request, params: { id: pluginId, blog: blog?.host ?? "" } };
  const place = blog ? await blogPlaceOf(named, blog.host) : await sitePlace(named);
  if (outcome.ok) return request.redirect(place.at, t("plugins.connected", { account: outcome.account }));
  return place.page({ errors: { [prefix + setting]: sentenceFor(request, outcome.refusal) }, status: outcome.refusal.status });
}

// What one may has been asked when it began; rights can be taken within minutes.
async function placeOf({ house, scope }: AdminRequest, blogId: string | null): Promise<Blog | null> {
  const blog = blogId === null ? null : await blogById(house.storage, blogId, house.site);
  const actor = blog ? await actorOn(house.storage, scope.principal, blog.id) : { principal: scope.principal, blogRole: null };
  if ((blogId !== null && !blog) || !can(actor, blog ? "blog.manage" : "installation.manage"))
    throw new PublicError("request.unknown", "There is no such page, or it is not yours.", 404);
  return blog;
}
