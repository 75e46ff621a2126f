import { PublicError } from "../../core/errors.ts";
import type { Generation } from "../../core/host/generation.ts";
import type { PluginScreenRequest, ScreenRedirect, ScreenView } from "../../core/host/screens/plugin-screen.types.ts";
import type { ScreenMatch } from "../../core/host/screens/screen-table.ts";
import { soundReply } from "../../core/host/sound-reply.ts";
import type { Reply } from "../../core/hooks/values.ts";
import { isStorageAway } from "../../core/storage/storage-trouble.ts";
import type { ScreenReply } from "../../core/web/screen.types.ts";
import { sentenceFor, type AdminRequest } from "../request.ts";
import { partPage } from "../screens/settings/section.ts";
import { drawPluginView, pluginTexts } from "./plugin-view.ts";
import { nothingThere, screenPlace, type ScreenPlace } from "./screen-place.ts";

type Answer = ScreenView | ScreenRedirect | Reply;
/** What became of a screen, told to whoever waits for it; `failed` says why it could not be drawn, to the person. */
type Outcome =
  | { readonly body: string; readonly title: string; readonly status: number; readonly formsLeave: boolean }
  | { readonly reply: ScreenReply }
  | { readonly refused: PublicError }
  | { readonly failed: string };

const milliseconds = 10_000;

/** Runs a plugin's screen, guarded, and draws it inside the frame; what fails there costs this page only, with the id of the request. */
export async function runPluginScreen(request: AdminRequest, match: ScreenMatch): Promise<ScreenReply> {
  const place = await screenPlace(request, match);
  const outcome = await outcomeOf(request, match, place);
  if ("failed" in outcome) {
    const data = { sentence: outcome.failed, back: false };
    return request.html("screens/problem", request.t("problem.part-failed"), data, { status: 500, blog: place.blog });
  }
  if ("refused" in outcome) throw outcome.refused;
  if ("reply" in outcome) return outcome.reply;
  return framed(request, place, outcome);
}

/** A plugin's screen as a part of a page of the dashboard: its HTML, or a sentence why there is none; null for a screen that draws nothing here. */
export async function partOfPlugin(
  request: AdminRequest,
  match: ScreenMatch,
): Promise<{ readonly body: string } | { readonly failed: string } | null> {
  const outcome = await outcomeOf(request, match, await screenPlace(request, match));
  if ("reply" in outcome) return null;
  return "refused" in outcome ? { failed: outcome.refused.message } : outcome;
}

async function outcomeOf(request: AdminRequest, match: ScreenMatch, place: ScreenPlace): Promise<Outcome> {
  const generation = place.scope.taps as Generation;
  const { plugin, screen } = match;
  const folder = generation.plugins.get(plugin.id)?.folder;
  if (folder === undefined) throw nothingThere();
  const reader = { house: request.house, language: request.language, folder };
  const say = pluginTexts(reader);
  const own = say(`screens.${screen.path}`);
  const title = own === `screens.${screen.path}` ? screen.title : own;

  const result = await generation.run(place.scope, plugin, {
    name: `screen ${request.method === "HEAD" ? "GET" : request.method} ${screen.path}`,
    limit: milliseconds,
    work: async (context): Promise<Outcome> => {
      try {
        const asked = askedOf(request, place, Object.assign(context, { t: say }));
        const answer = (await screen.run(asked)) as Answer;
        if (!isView(answer)) return { reply: replyOf(answer) };
        const shown = { ...dataOf(request, place), title: answer.title ?? title, ...answer.data };
        const body = drawPluginView(reader, answer.template.replace(/\.njk$/, ""), shown);
        return { body, title: answer.title ?? title, status: answer.status ?? 200, formsLeave: answer.formsLeave === true };
      } catch (error) {
        // What the person can put right is no failure of the plugin.
        if (error instanceof PublicError) return { refused: error };
        throw error;
      }
    },
  });
  if (!result.ok) {
    if (isStorageAway(result.error)) throw result.error;
    return { failed: request.t("problem.part-failed-at", { id: request.scope.requestId }) };
  }
  return "refused" in result.value ? { refused: saidBy(request, say, result.value.refused) } : result.value;
}

function askedOf(request: AdminRequest, place: ScreenPlace, context: PluginScreenRequest["context"]): PluginScreenRequest {
  const { method, path, params, query, account, language } = request;
  // The session stays between the browser and the hub.
  const { cookie: _session, ...headers } = request.headers;
  return {
    method,
    path,
    params,
    query,
    headers,
    account,
    language,
    context,
    address: request.scope.address,
    at: (own) => `${place.blog ? `/b/${place.blog.host}` : ""}${own}`,
    form: () => request.form(),
    redirect: (to, flash) => ({ status: 303, redirect: to, ...(flash !== undefined && { flash }) }),
  };
}

// What every template of a screen sees besides its own data.
function dataOf(request: AdminRequest, { blog }: ScreenPlace): object {
  const { account, csrf, path, query } = request;
  return {
    account,
    csrf,
    path,
    blog,
    here: path + (query.size > 0 ? `?${query}` : ""),
    base: blog ? `/b/${blog.host}` : "",
    site: request.house.site,
    zone: blog?.timeZone ?? account?.timeZone ?? "UTC",
  };
}

const isView = (answer: Answer): answer is ScreenView => typeof (answer as Partial<ScreenView> | null)?.template === "string";

function replyOf(answer: Exclude<Answer, ScreenView>): ScreenReply {
  const { flash, ...reply } = (answer ?? {}) as ScreenRedirect;
  return { ...soundReply(reply), ...(typeof flash === "string" && { flash }) };
}

// A refusal in the plugin's own words where it has them in the reader's language.
function saidBy(request: AdminRequest, say: ReturnType<typeof pluginTexts>, error: PublicError): PublicError {
  const own = say(`error.${error.key}`, error.values);
  const sentence = own === `error.${error.key}` ? sentenceFor(request, error) : own;
  return new PublicError(error.key, sentence, error.status, error.values);
}

type Page = Extract<Outcome, { body: string }>;

// Visitors come back to where they were.
const signInAt = ({ path, query }: AdminRequest) =>
  `/signin?next=${encodeURIComponent(path + (query.size > 0 ? `?${query}` : ""))}`;

// Screens of a blog's settings stand beside the menu of the settings.
async function framed(
  request: AdminRequest,
  place: ScreenPlace,
  { body, title, status, formsLeave }: Page,
): Promise<ScreenReply> {
  const data = { body, hasHeading: /<h1[\s>]/.test(body), signInAt: request.account ? null : signInAt(request) };
  if (place.on?.may("blog.manage") && request.path.startsWith(place.on.at("/settings/")))
    return partPage(request, place.on, { view: "screens/plugin-settings", title, at: request.path, data, status });
  return request.html("screens/plugin", title, data, { status, blog: place.blog, formsLeave });
}
