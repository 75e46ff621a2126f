import { PublicError, readXml, xmlText, type Reply, type RouteRequest } from "rookery/plugin";
import { addressIn } from "./discover.ts";
import { feedsMeantBy } from "./feeds.ts";
import { checkNow } from "./owners.ts";
import type { Own } from "./rows.ts";
import type { settings } from "./settings.ts";

/** `/ping?url=…`, a form, or XML-RPC `weblogUpdates.ping` (http://xmlrpc.com/weblogsCom.html): a site says that it changed. */
export async function ping(request: RouteRequest<typeof settings>): Promise<Reply> {
  const body = Buffer.from(await request.raw());
  const isXml = /^\s*</.test(body.subarray(0, 200).toString());
  const context = request.context as Own;
  await context.limit(`ping ${request.address}`, { times: 30, seconds: 60 });
  const said = isXml ? await xmlUrls(body) : [new URLSearchParams(body.toString()).get("url") ?? request.query.get("url") ?? ""];
  const found = await wokenBy(context, said);
  if (isXml) return { headers: { "content-type": "text/xml; charset=utf-8" }, text: xmlAnswer(found) };
  return thanks(found);
}

/** The same with GET, as the oldest of those services had it. */
export async function pingByGet(request: RouteRequest<typeof settings>): Promise<Reply> {
  const context = request.context as Own;
  await context.limit(`ping ${request.address}`, { times: 30, seconds: 60 });
  return thanks(await wokenBy(context, [request.query.get("url") ?? ""]));
}

function thanks(isFound: boolean): Reply {
  if (!isFound) throw new PublicError("sources.unknown", "No feed of this address is read here.", 404);
  return { status: 202, text: "Thank you, we look at it.\n" };
}

async function wokenBy(context: Own, said: readonly string[]): Promise<boolean> {
  for (const written of said.toReversed()) {
    const url = addressIn(written);
    const feeds = url ? await feedsMeantBy(context, url) : [];
    // What said that it is gone for good only its people begin again: anybody can ping.
    for (const feed of feeds) if (feed.state !== "gone") await checkNow(context, feed);
    if (feeds.length > 0) return true;
  }
  return false;
}

async function xmlUrls(body: Uint8Array): Promise<string[]> {
  const words: string[] = [];
  let method = "";
  let text = "";
  try {
    await readXml([body], {
      onOpen: () => void (text = ""),
      onText: (more) => void (text += more),
      onClose: (_, { local }) => {
        if (local === "methodName") method = text.trim();
        if (local === "string" || local === "value") words.push(text.trim());
        text = "";
      },
    });
  } catch {
    return [];
  }
  // The name of the site, its address, then perhaps the page that changed, the feed and categories (extendedPing).
  return /^weblogUpdates\.(?:ping|extendedPing)$/.test(method)
    ? words.filter((word) => /^https?:\/\//i.test(word)).slice(0, 4)
    : [];
}

function xmlAnswer(isKnown: boolean): string {
  const message = xmlText(isKnown ? "Thanks for the ping." : "No feed of this address is read here.");
  return `<?xml version="1.0"?>\n<methodResponse><params><param><value><struct><member><name>flerror</name><value><boolean>${isKnown ? 0 : 1}</boolean></value></member><member><name>message</name><value>${message}</value></member></struct></value></param></params></methodResponse>\n`;
}
