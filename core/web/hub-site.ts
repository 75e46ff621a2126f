import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Router } from "@koa/router";
import type Koa from "koa";
import type { OwnOrigins } from "../blogs/own-origins.ts";
import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Account, Reply } from "../hooks/values.ts";
import { cookieLine, cookieNames, readCookies } from "./cookies.ts";
import { flashFrom, flashValue } from "./flash.ts";
import { readForm } from "./forms.ts";
import { hubHeaders, hubPolicy } from "./headers.ts";
import { withShownOrigins } from "./shown-origins.ts";
import { problemPage } from "./problem-page.ts";
import { readBody } from "./body.ts";
import { sendReply, type StreamReply } from "./reply.ts";
import type { Screen, ScreenReply, ScreenRequest, ScreenSession, SentForm } from "./screen.types.ts";
import { errorText, webLanguage } from "./web-texts.ts";

/** What the hub needs from the house. */
export type HubParts = {
  readonly url: string;
  readonly uploadFolder: string;
  readonly own: OwnOrigins;
  scope(wanted: { account: Account | null; address: string; requestId: string }): Scope;
  session(cookie: string, now: Date): Promise<{ account: Account; session: ScreenSession } | null>;
  isSetUp(): Promise<boolean>;
};

export type HubContext = Koa.ParameterizedContext<{ address: string; requestId: string }>;

const sessionSeconds = 90 * 24 * 3600;

/** The routes of the hub: every screen with its rights, Origin and CSRF checks before anything of the body counts. */
export function hubRouter(parts: HubParts, screens: readonly Screen[]): Router<{ address: string; requestId: string }> {
  const router = new Router<{ address: string; requestId: string }>();
  for (const screen of screens)
    router.register(screen.path, screen.method === "GET" ? ["get", "head"] : [screen.method.toLowerCase()], (ctx) =>
      runScreen(parts, screen, ctx as unknown as HubContext, (ctx as unknown as { params: Record<string, string> }).params),
    );
  return router;
}

/** Answers a request with a screen; `params` are the words its path holds. */
export async function runScreen(
  parts: HubParts,
  screen: Screen,
  ctx: HubContext,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  const visit = await arrive(parts, ctx);
  const { setCookies, csrf, names, isSecure } = visit;
  let form: Awaited<ReturnType<typeof checkedForm>> | null = null;
  let isTaken = true;
  const request: ScreenRequest = {
    ...visit.request,
    params,
    form: async () => form ?? { fields: new URLSearchParams(), files: [] },
  };
  try {
    const elsewhere = await denial(parts, screen, request.account, ctx);
    if (elsewhere) return await answer(parts, ctx, elsewhere, visit);
    if (screen.method === "POST") {
      const keepsUnsent = screen.unsent !== undefined && !wantsJson(ctx.req.headers);
      form = await checkedForm(parts, ctx, { csrf, takesFiles: request.account !== null, keepsUnsent });
      isTaken = form.isCurrent && (request.account !== null || screen.access === "public" || screen.access === "nobody-yet");
    }
    if (screen.method === "PUT" || screen.method === "DELETE") checkScript(parts, ctx, csrf);
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return answer(parts, ctx, await tell(screen, request, error), visit);
  }
  if (request.flash !== null) setCookies.push(cookieLine(names.flash, "", { isSecure, seconds: 0 }));
  try {
    const reply = await (isTaken ? screen.run(request) : screen.unsent!(request));
    if (reply.session !== undefined)
      setCookies.push(cookieLine(names.session, reply.session ?? "", { isSecure, seconds: reply.session ? sessionSeconds : 0 }));
    if (reply.halfway !== undefined)
      setCookies.push(cookieLine(names.halfway, reply.halfway ?? "", { isSecure, seconds: reply.halfway ? 600 : 0 }));
    if (reply.flash !== undefined) setCookies.push(cookieLine(names.flash, flashValue(reply.flash), { isSecure, seconds: 60 }));
    await answer(parts, ctx, reply, visit);
  } finally {
    await form?.cleanUp();
  }
}

/** Tells of an error at an address that is no screen's: in the frame of the dashboard whom it knows, else by a plain page. */
export async function hubProblem(
  parts: HubParts,
  screens: readonly Screen[],
  ctx: HubContext,
  error: PublicError,
): Promise<void> {
  const visit = await arrive(parts, ctx);
  const teller = screens.find((screen) => screen.tell);
  await answer(parts, ctx, await tell(teller ?? {}, { ...visit.request, flash: null }, error), visit);
}

// Who is there, and what their browser brought.
async function arrive(parts: HubParts, ctx: HubContext) {
  const isSecure = parts.url.startsWith("https:");
  const names = cookieNames(isSecure);
  const cookies = readCookies(ctx.req.headers.cookie);
  const setCookies: string[] = [];
  const cookie = cookies.get(names.session);
  const found = cookie ? await parts.session(cookie, new Date()) : null;
  const account = found?.account ?? null;
  let formToken = cookies.get(names.form) ?? "";
  if (!/^[\w-]{43}$/.test(formToken)) {
    formToken = randomBytes(32).toString("base64url");
  }
  const isKnown = found !== null || cookies.get(names.form) === formToken;
  const formCookie = isKnown ? null : cookieLine(names.form, formToken, { isSecure, seconds: 3600 * 24 });
  const csrf = found?.session.csrf ?? formToken;
  const request: ScreenRequest = {
    scope: parts.scope({ account, ...ctx.state }),
    method: ctx.method,
    path: ctx.path,
    params: {},
    query: new URL(`http://hub${ctx.req.url}`).searchParams,
    headers: ctx.req.headers as Record<string, string>,
    account,
    session: found?.session ?? null,
    csrf,
    flash: ctx.method === "GET" ? flashFrom(cookies.get(names.flash)) : null,
    halfway: cookies.get(names.halfway) ?? null,
    form: async () => ({ fields: new URLSearchParams(), files: [] }),
    body: (limit) => readBody(ctx.req, limit),
  };
  return { request, csrf, setCookies, formCookie, names, isSecure };
}

async function tell(screen: Pick<Screen, "tell">, request: ScreenRequest, error: PublicError): Promise<ScreenReply> {
  const reader = { acceptLanguage: request.headers["accept-language"], language: request.account?.language };
  if (request.account && screen.tell) return screen.tell(request, error);
  if (wantsJson(request.headers)) return jsonRefusal(error, errorText(webLanguage(reader), error));
  return problemPage(reader, error, true);
}

// Where to go instead of the screen; a PublicError when there is nothing to see.
async function denial(parts: HubParts, screen: Screen, account: Account | null, ctx: HubContext): Promise<ScreenReply | null> {
  if (screen.access === "public") return null;
  const isSetUp = account !== null || (await parts.isSetUp());
  if (screen.access === "nobody-yet") {
    if (isSetUp) throw new PublicError("request.set-up", "This installation is set up already.", 404);
    return null;
  }
  if (!isSetUp) return { redirect: "/setup", status: 303 };
  if (!account) {
    if (wantsJson(ctx.req.headers)) throw new PublicError("request.signed-out", "You are signed out.", 401);
    // A form that was open when the session ended must not lose its text to a redirect: the page says so instead.
    if (screen.method === "POST" && screen.unsent && isOwnOrigin(parts, ctx.req)) return null;
    if (screen.method !== "GET")
      throw new PublicError(
        "request.unsent",
        "Sign in in another tab, then send this form again: go back, your text is still there.",
        401,
      );
    return { redirect: `/signin?next=${encodeURIComponent(ctx.url)}`, status: 303 };
  }
  const rank = { member: 0, curator: 1, moderator: 2, admin: 3 } as const;
  if (rank[account.role] < rank[screen.access]) throw new PublicError("request.no-page", "There is no such page here.", 404);
  return null;
}

// A state may only change by a form of ours: the browser says where it stood, and the form carries the session's own word.
async function checkedForm(
  parts: HubParts,
  ctx: HubContext,
  { csrf, takesFiles, keepsUnsent }: { csrf: string; takesFiles: boolean; keepsUnsent: boolean },
): Promise<SentForm & { readonly isCurrent: boolean; cleanUp(): Promise<void> }> {
  if (!isOwnOrigin(parts, ctx.req))
    throw new PublicError("request.origin", "This form was not sent from this site, so nothing was changed.", 403);
  const form = await readForm(ctx.req, ctx.res, takesFiles ? parts.uploadFolder : null);
  const isCurrent = isSame(form.fields.get("csrf") ?? String(ctx.req.headers["x-csrf-token"] ?? ""), csrf);
  if (!isCurrent && !keepsUnsent) {
    await form.cleanUp();
    throw outOfDate();
  }
  return { ...form, isCurrent };
}

const outOfDate = () =>
  new PublicError(
    "request.csrf",
    "This form is out of date, so nothing was changed. Go back, open the form in a new tab and send it from there; what you typed is still in the old one.",
    403,
  );

function checkScript(parts: HubParts, ctx: HubContext, csrf: string): void {
  if (!isOwnOrigin(parts, ctx.req))
    throw new PublicError("request.origin", "This form was not sent from this site, so nothing was changed.", 403);
  if (!isSame(String(ctx.req.headers["x-csrf-token"] ?? ""), csrf)) throw outOfDate();
}

/** Whether a script asks, which reads JSON, rather than a person, who reads a page. */
export function wantsJson(headers: { readonly accept?: string | undefined }): boolean {
  return /\bapplication\/json\b/.test(headers.accept ?? "") && !/\btext\/html\b/.test(headers.accept ?? "");
}

/** A refusal for scripts: its key, and the sentence for the person. */
export function jsonRefusal(error: PublicError, sentence: string = error.message): ScreenReply {
  return { status: error.status, json: { error: error.key, message: sentence, ...error.values } };
}

/** Whether a page of the hub itself sent this request, by what the browser says of it; no Origin is no. */
export function isOwnOrigin(parts: Pick<HubParts, "url">, request: IncomingMessage): boolean {
  const { origin, "sec-fetch-site": site } = request.headers;
  return origin === new URL(parts.url).origin && (site === undefined || site === "same-origin");
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

type Visit = { readonly setCookies: readonly string[]; readonly formCookie: string | null; readonly csrf: string };

async function answer(parts: HubParts, ctx: HubContext, reply: ScreenReply, visit: Visit): Promise<void> {
  const { setCookies: given, formCookie, csrf } = visit;
  // Only a page that carries the word sets its cookie: a style sheet that arrives later must not make the page's form stale.
  const carriesWord = formCookie !== null && (reply.html ?? reply.text ?? "").includes(csrf);
  const setCookies = carriesWord ? [...given, formCookie] : given;
  ctx.respond = false;
  if (setCookies.length > 0) ctx.res.setHeader("set-cookie", setCookies);
  const policy = withShownOrigins(reply.headers?.["content-security-policy"] ?? hubPolicy(), reply.html, parts.own);
  const headers = { ...hubHeaders, ...reply.headers, "content-security-policy": policy };
  const { stream, ...rest } = reply;
  const sent: Reply | StreamReply = stream ? { status: reply.status ?? 200, headers, stream } : { ...rest, headers };
  await sendReply(ctx.res, sent, ctx.method === "HEAD");
}
