import { PublicError, type Reply } from "rookery/plugin";
import { languageFor } from "../wire/language.ts";
import { html, type Markup } from "../wire/markup.ts";
import { pageReply } from "../wire/page.ts";
import type { Call } from "../wire/route.ts";
import type { Own } from "../settings.ts";
import type { Say } from "./post.ts";
import { viewOf, type View } from "./views.ts";

/** What a page needs to be drawn. */
export type Visit = {
  readonly context: Own;
  readonly view: View;
  readonly say: Say;
  readonly params: Call["params"];
  readonly input: URLSearchParams;
  readonly path: string;
};
/** What stands on a page: what the container holds, and what stands below it. */
export type Drawn = { readonly title: string; readonly inside: Markup; readonly below?: Markup | null; readonly status?: number };

/** A page for whoever has one of our cookies, or for anybody when `isOpen`. */
export function page(draw: (visit: Visit) => Promise<Drawn>, { isOpen = false } = {}): (call: Call) => Promise<Reply> {
  return async ({ context, params, input, request }) => {
    const view = await viewOf(context, request.headers.cookie);
    const language = languageFor(view.caller?.account.language, request.headers["accept-language"]);
    const say: Say = (key, values = {}) => context.t(key, values, language);
    const visit = { context, view, say, params, input, path: request.path };
    const drawn =
      view.caller || isOpen ? await draw(visit).catch((error: unknown) => refusedPage(visit, error)) : signedOut(visit);
    const body = html`<div class="container">${drawn.inside}</div>
      ${drawn.below}`;
    const { title, status = 200 } = drawn;
    return pageReply({ title, language, body, looks: view.look, status });
  };
}

/** A sentence where there is nothing to show. */
export const nothing = (sentence: string): Markup => html`<p class="nothing">${sentence}</p>`;

// People look at these pages, so refusals are pages, too.
function refusedPage(visit: Visit, error: unknown): Drawn {
  if (!(error instanceof PublicError)) throw error;
  if (error.status === 401) return signedOut(visit);
  return { ...signedOut(visit), inside: nothing(visit.say("hybrid.nothing")), status: error.status };
}

const signedOut = ({ say, context }: Visit): Drawn => ({
  title: new URL(context.site.url).host,
  inside: nothing(say("hybrid.sign-in")),
  status: 401,
});
