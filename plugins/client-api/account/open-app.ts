import {
  PublicError,
  xmlText,
  xmlAttribute,
  type PluginScreenRequest,
  type Reply,
  type RouteRequest,
  type ScreenView,
} from "rookery/plugin";
import type { Own } from "../settings.ts";
import { opening } from "./apps.ts";
import { linkBy, openLink } from "./links.ts";

/** `GET /account/signin/:word`, the link of the mail: asks nothing and opens the app. */
export async function openApp({ params, ...request }: RouteRequest): Promise<Reply> {
  const context = request.context as unknown as Own;
  const word = params.word ?? "";
  const link = await linkBy(context, word);
  if (!link) throw over();
  if (!link.isOpen) return { status: 303, headers: { location: new URL(`/open-app/${word}`, context.site.url).href } };
  return towards(context, opening(link.redirectUrl, word), link.appName);
}

/**
 * `GET /open-app/:word`: a page with the same for whoever is asked for a second step at signing in; they are signed in here by now. It is
 * a link to follow: browsers lead nobody from a form, such as that of the sign-in, to an app.
 */
export async function openAppSignedIn({ account, params, ...request }: PluginScreenRequest): Promise<ScreenView> {
  const context = request.context as unknown as Own;
  const word = params.word ?? "";
  const link = await linkBy(context, word);
  if (!link || link.accountId !== account?.id) throw over();
  const url = opening(link.redirectUrl, await openLink(context, word));
  return { template: "open-app", data: { url, app: link.appName } };
}

// Browsers that do not follow an address of an app show the page, which has it as a link.
function towards({ t }: Own, url: string, app: string): Reply {
  const label = xmlText(t("open.link", { app }));
  const page = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${label}</title><p><a href="${xmlAttribute(url)}">${label}</a></p>`;
  return { status: 302, headers: { location: url, "cache-control": "no-store", "referrer-policy": "no-referrer" }, html: page };
}

const over = () => new PublicError("link-over", "This link is over, or was never good. Ask for another one in the app.", 404);
