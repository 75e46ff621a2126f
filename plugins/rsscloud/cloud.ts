import type { Context } from "rookery/plugin";

/** The attributes of `<cloud>` (RSS 2.0): where readers ask to be told. */
export function cloudOf({ site }: Pick<Context, "site">): Readonly<Record<string, string>> {
  const { hostname, port, protocol } = new URL(site.url);
  const isSecure = protocol === "https:";
  return {
    domain: hostname,
    port: port || (isSecure ? "443" : "80"),
    path: "/rsscloud/pleaseNotify",
    registerProcedure: "",
    protocol: isSecure ? "https-post" : "http-post",
  };
}
