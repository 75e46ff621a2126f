import type { Reply, Route, RouteRequest } from "rookery/plugin";

type Page = (params: Readonly<Record<string, string>>, query: URLSearchParams) => string;

const withQuery = (path: string, values: Readonly<Record<string, string | null>>): string => {
  const said = Object.entries(values).filter((one): one is [string, string] => one[1] !== null && one[1] !== "");
  return said.length > 0 ? `${path}?${new URLSearchParams(said)}` : path;
};

/** Pages that apps open in a browser, by the address they know, and where these things are here. */
const pages: Readonly<Record<string, Page>> = {
  "/account/muting": (_, query) =>
    withQuery("/muted", { kind: query.has("username") ? "person" : null, value: query.get("username") }),
  "/account/categories/:host/filters": ({ host = "" }) => `/b/${encodeURIComponent(host)}/categories`,
  "/account/mac": () => "/account",
  "/account/plans": () => "/account",
  "/account/export/replies": () => "/account",
  "/new/site": () => "/account/blogs",
  "/new/audio": () => "/compose",
  "/post": (_, query) => withQuery("/compose", { text: query.get("text") }),
};

const leading =
  (page: Page) =>
  ({ params, query }: RouteRequest): Reply => ({ status: 303, headers: { location: page(params, query) } });

// Feeds name this address as the one that tells of their members.
const about: Route = {
  method: "GET",
  path: "/about/api",
  on: "hub",
  access: "public",
  run: () => ({
    text: "Members named _microblog in these feeds are those of Micro.blog's JSON API, which this installation speaks.\n",
  }),
};

export const webPageRoutes: readonly Route[] = [
  about,
  ...Object.entries(pages).map(([path, page]): Route => ({
    method: "GET",
    path,
    on: "hub",
    access: "public",
    run: leading(page),
  })),
];
