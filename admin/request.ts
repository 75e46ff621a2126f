import { blogsOf } from "../core/blogs/memberships.ts";
import { PublicError } from "../core/errors.ts";
import { installationFacts } from "../core/installation/facts.ts";
import type { Account, Blog, Json, Refusal } from "../core/hooks/values.ts";
import type { BlogRole } from "../core/people/permissions.ts";
import type { Person } from "../core/people/person.ts";
import { hubPolicy } from "../core/web/headers.ts";
import { jsonRefusal, wantsJson } from "../core/web/hub-site.ts";
import { errorText } from "../core/web/web-texts.ts";
import type { Screen, ScreenReply, ScreenRequest } from "../core/web/screen.types.ts";
import type { Flash } from "../core/web/flash.ts";
import { barOf } from "./bar.ts";
import type { Assets } from "./build.ts";
import type { AdminHouse } from "./house.ts";
import { destinations, type Destination } from "./places.ts";
import { screensWithNews } from "./plugin-screens/news.ts";
import { pluginPlaces } from "./plugin-screens/plugin-places.ts";
import { chooseLanguage, textIfAny, translator, type Translate } from "./texts.ts";
import { draw } from "./views.ts";

/** A blog somebody may do something on, with their role there. */
export type OwnBlog = { readonly blog: Blog; readonly role: BlogRole };

/** How a page is answered. */
export type PageOptions = {
  readonly status?: number;
  readonly blog?: Blog | null;
  /** Origins of blogs whose pages stand in frames here. */
  readonly frames?: readonly string[];
  /** Forms of this page may end at other sites. */
  readonly formsLeave?: boolean | undefined;
};

/** A request with what every screen of the dashboard uses. */
export type AdminRequest = ScreenRequest & {
  readonly house: AdminHouse;
  /** The language of whoever reads, as its tag. */
  readonly language: string;
  /** A sentence of the catalogue in that language. */
  readonly t: Translate;
  /** Address of the style sheet, for documents inside frames. */
  readonly style: string;
  /** The blogs of whoever is signed in, by host; empty for nobody. */
  blogs(): Promise<readonly OwnBlog[]>;
  /** The blog somebody works on when the address names none: their default, else their first; null for who has none. */
  usualBlog(): Promise<Blog | null>;
  /** The screens whoever is signed in can go to, those of a blog among them. */
  destinations(blog: Blog | null): Promise<readonly Destination[]>;
  /** What somebody chose for themselves in their account; undefined when they did not. */
  preference(name: string): Json | undefined;
  /** Draws a view inside the frame of the dashboard. */
  html(view: string, title: string, data: object, options?: PageOptions): Promise<ScreenReply>;
  /** See other: after a form. `flash` is said once on the next page, with a button that takes it back where there is one. */
  redirect(path: string, flash?: string | Flash): ScreenReply;
};

/** One line of a screen's table of contents. */
export type AdminScreen = Pick<Screen, "method" | "path" | "access"> & {
  run(request: AdminRequest): ScreenReply | Promise<ScreenReply>;
  unsent?(request: AdminRequest): ScreenReply | Promise<ScreenReply>;
};

/** What all screens share: the house, the built style and scripts, and the addresses that can be opened. */
export type Dashboard = { readonly house: AdminHouse; readonly assets: Assets; readonly pages: ReadonlySet<string> };

/** Makes a screen of the dashboard one that the web server mounts; a sentence for the person becomes a page of ours. */
export function toScreen(dashboard: Dashboard, screen: AdminScreen): Screen {
  const answered = (work: AdminScreen["run"]) => async (plain: ScreenRequest) => {
    const request = adminRequest(dashboard, plain);
    try {
      return await work(request);
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
      return problem(request, error);
    }
  };
  const tell = (plain: ScreenRequest, error: PublicError) => problem(adminRequest(dashboard, plain), error);
  const { method, path, access, run, unsent } = screen;
  return { method, path, access, run: answered(run), tell, ...(unsent && { unsent: answered(unsent) }) };
}

// Refusals that say themselves that nothing was changed, and where what was typed is.
const sayingIt: readonly string[] = ["request.origin", "request.csrf"];

async function problem(request: AdminRequest, error: PublicError): Promise<ScreenReply> {
  const sentence = sentenceFor(request, error);
  if (wantsJson(request.headers)) return jsonRefusal(error, sentence);
  const title = request.t(error.status === 404 ? "problem.not-found" : "problem.title");
  const data = { sentence, back: request.method === "POST" && !sayingIt.includes(error.key) };
  return request.html("screens/problem", title, data, { status: error.status });
}

/** What an error says to the person, in their language where the catalogue has it (`error.` and its key). */
export function sentenceFor(request: Pick<AdminRequest, "language">, error: PublicError): string {
  return request.language === "en"
    ? error.message
    : (textIfAny(request.language, `error.${error.key}`, error.values) ?? errorText(request.language, error));
}

/** What a refusal says to the person, in their language where the catalogue has it; what a plugin refuses is said by the plugin. */
export function refusalFor(request: Pick<AdminRequest, "language">, refusal: Refusal): string {
  return sentenceFor(request, refusedAs(refusal));
}

/** A refusal where only an error can be told. */
export function refusedAs({ key, refuse, status, values }: Refusal): PublicError {
  return new PublicError(key ?? "post.refused", refuse, status ?? 422, values);
}

/** Whoever is signed in; screens for members are not reached by anybody else. */
export function signedIn(request: Pick<ScreenRequest, "account">): Account {
  if (!request.account) throw new PublicError("request.signed-out", "You are signed out.", 401);
  return request.account;
}

function adminRequest({ house, assets, pages }: Dashboard, plain: ScreenRequest): AdminRequest {
  const style = `/admin/assets/${assets.get("style.css")!.file}`;
  const language = chooseLanguage(plain.account?.language, plain.headers["accept-language"]);
  let blogs: Promise<readonly OwnBlog[]> | undefined;
  const ownBlogs = () => (blogs ??= plain.account ? blogsOf(house.storage, plain.account.id, house.site) : Promise.resolve([]));
  const person = plain.account as Person | null;
  let newsOf: ReturnType<typeof screensWithNews> | undefined;
  const preference = (name: string) => person?.preferences[name];
  const usualBlog = async (): Promise<Blog | null> => {
    const own = (await ownBlogs()).filter(({ role }) => role !== "reader");
    return (own.find(({ blog }) => blog.id === person?.defaultBlogId) ?? own[0])?.blog ?? null;
  };
  const goes = async (blog: Blog | null): Promise<readonly Destination[]> => {
    if (!person) return [];
    const role = (await ownBlogs()).find((one) => one.blog.id === blog?.id)?.role ?? null;
    const who = { account: person, blog, role };
    const own = destinations(who, translator(language), (path) => pages.has(path));
    const all = [...own, ...pluginPlaces({ house, language }, who)];
    const news = await (newsOf ??= screensWithNews({ house, scope: plain.scope }, person, new Set(all.map(({ href }) => href))));
    return all.map((one) => (news.has(one.href) ? { ...one, hasNews: true } : one));
  };
  return {
    ...plain,
    house,
    usualBlog,
    destinations: goes,
    preference,
    language,
    t: translator(language),
    style,
    blogs: ownBlogs,
    redirect: (path, flash) => ({ status: 303, redirect: path, ...(flash === undefined ? {} : { flash }) }),
    html: async (view, title, data, options = {}) => {
      const blog = options.blog ?? (await usualBlog());
      const all = await goes(blog);
      const frame = {
        title,
        account: plain.account,
        csrf: plain.csrf,
        flash: plain.flash,
        path: plain.path,
        here: plain.path + (plain.query.size > 0 ? `?${plain.query}` : ""),
        own: await ownBlogs(),
        blog: options.blog ?? null,
        usual: blog,
        bar: barOf(all, plain.path),
        hasNews: all.some((one) => one.hasNews),
        scheme: preference("scheme") ?? "system",
        letterKeys: preference("letterKeys") !== false,
        site: house.site,
        siteName: (await installationFacts(house.storage)).name || "Rookery",
        isOpen: house.settings.privateNetwork,
        isError: (options.status ?? 200) >= 400,
        zone: plain.account?.timeZone ?? "UTC",
        style,
        script: `/admin/assets/${assets.get("admin.js")!.file}`,
      };
      const { frames, formsLeave = false } = options;
      const policy = (frames || formsLeave) && { headers: { "content-security-policy": hubPolicy(frames, { formsLeave }) } };
      return { status: options.status ?? 200, html: draw(view, { ...frame, ...data }, language), ...policy };
    },
  };
}
