import { sourcesOf } from "../owners.ts";
import { healthOf, ownOf, type Request } from "./request.ts";

/** Somebody's sources, each with its health in words. */
export async function listPage(request: Request) {
  const { account, at } = request;
  const rows = (await sourcesOf(ownOf(request), account!.id)).map(({ owner, feed }) => ({
    at: at(`/sources/${owner.id}`),
    title: feed.title || feed.url,
    host: new URL(feed.url).host,
    health: healthOf(request, feed),
    isFailing: feed.problem !== "",
    isProven: owner.proof === "both",
  }));
  return { template: "list", data: { rows, add: at("/sources/new") } };
}
