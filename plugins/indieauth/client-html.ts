import { linksIn, parseLinkHeader, parseMicroformats, type MicroformatItem } from "rookery/plugin";
import type { ClientInfo } from "./client-info.ts";
import { logoFrom, redirectsFrom } from "./client-json.ts";
import { spokenName } from "./spoken-name.ts";

const most = 50;

/** What a client's page says: h-app or h-x-app, and where it wants people back by `redirect_uri` links of the page or of its headers. */
export async function readClientHtml(html: string, linkHeader: string, client: URL): Promise<ClientInfo | null> {
  const [page, links] = await Promise.all([parseMicroformats(html, client.href), linksIn(html, client.href)]);
  if (!links) return null;
  // A page without anything to read has no microformats, and may have links all the same.
  const app = page?.items.find(({ type }) => type?.some((one) => one === "h-app" || one === "h-x-app"));
  const inPage = links.filter(
    ({ element, attribute, rel }) => element === "link" && attribute === "href" && rel.includes("redirect_uri"),
  );
  const inHeader = parseLinkHeader(linkHeader, client.href).filter(({ rel }) => rel.includes("redirect_uri"));
  const published = [...inHeader.map(({ url }) => url), ...inPage.flatMap(({ written, url }) => [written, url])].slice(0, most);
  return {
    isRead: true,
    name: spokenName(firstOf(app, "name")),
    uri: URL.parse(String(firstOf(app, "url") ?? ""))?.href ?? null,
    logo: logoFrom(firstOf(app, "logo") ?? firstOf(app, "photo"), client),
    redirects: [...new Set(published.flatMap((one) => redirectsFrom(one, client)))],
  };
}

function firstOf(item: MicroformatItem | undefined, property: string): unknown {
  const value = item?.properties[property]?.[0];
  return typeof value === "object" ? value.value : value;
}
