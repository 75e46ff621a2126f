import type { Reply } from "rookery/plugin";
import { setClock } from "../account/clock.ts";
import { callerWith } from "../wire/caller.ts";
import { textOf } from "../wire/input.ts";
import { pageReply } from "../wire/page.ts";
import { html } from "../wire/markup.ts";
import { languageFor } from "../wire/language.ts";
import type { Call } from "../wire/route.ts";
import { lookIn } from "./look.ts";
import { openView } from "./views.ts";

const usual = "/hybrid/posts";

/** `GET /hybrid/signin`: an app brings its key and how pages are to look, gets a cookie for these pages, and is led to one of them. */
export async function signIn(call: Call): Promise<Reply> {
  const { context, input, request } = call;
  const token = textOf(input, "token");
  const caller = token === "" ? null : await callerWith(context, token);
  if (!caller) {
    await context.limit(`hybrid ${request.address}`, { times: 60, seconds: 600 });
    const language = languageFor(undefined, request.headers["accept-language"]);
    const body = html`<main class="page"><p>${context.t("hybrid.sign-in", {}, language)}</p></main>`;
    return pageReply({ title: new URL(context.site.url).host, language, body, looks: lookIn(input), status: 401 });
  }
  // The offset from UTC that apps send along is how they want times everywhere.
  const offset = new URLSearchParams({ minutes: textOf(input, "minutes") });
  if (input.has("minutes")) await setClock({ ...call, input: offset, need: () => caller });
  const location = placeIn(textOf(input, "redirect_to"), context.site.url);
  return { status: 302, headers: { location, "set-cookie": await openView(context, caller, token, lookIn(input)) } };
}

/** Where to go: one of these pages and nowhere else. */
export function placeIn(wanted: string, siteUrl: string): string {
  const url = URL.parse(wanted === "" ? usual : wanted.replace(/^\/?(?=hybrid\/)/, "/"), siteUrl);
  const isOurs =
    url !== null && url.origin === new URL(siteUrl).origin && /^\/hybrid\/(?!signin(\/|$))[^\\]+$/.test(url.pathname);
  return isOurs && !/%2f|%5c|\/\//i.test(url.pathname) ? `${url.pathname}${url.search}${url.hash}` : usual;
}
