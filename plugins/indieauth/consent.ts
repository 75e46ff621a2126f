import { PublicError, type PluginScreenRequest, type Reply, type ScreenView } from "rookery/plugin";
import { backTo } from "./answer.ts";
import type { ClientInfo } from "./client-info.ts";
import { clientLogo } from "./client-logo.ts";
import { issueCode } from "./codes.ts";
import { choicesFor, type Choice } from "./own-blogs.ts";
import { answered, askQuestion } from "./questions.ts";
import { checkRequest, sameRequest, type Asked } from "./request.ts";
import { grantedOf, scopesOf } from "./scopes.ts";
import { isOwnMachine } from "./urls.ts";
import type { settings } from "./settings.ts";

type Request = PluginScreenRequest<typeof settings>;

/** The authorization endpoint: checks what an app asks, has somebody sign in, and asks them. */
export async function ask(request: Request): Promise<ScreenView | Reply> {
  const { context, query, account, address } = request;
  const checked = await checkRequest(context, query, address);
  if ("answer" in checked) return checked.answer;
  const same = sameRequest(query);
  const next = `${request.path}?${same}`;
  if (!account) {
    if (next.length > 4_000)
      throw new PublicError("too-long", "The app asks with more words than can be kept while you sign in.", 400);
    return { status: 303, redirect: `/signin?next=${encodeURIComponent(next)}` };
  }
  const { asked } = checked;
  const scopes = scopesOf(asked.scope);
  const all = await choicesFor(context, account.id, { scopes: scopes.known, clientId: asked.client.href });
  const choices = all.filter((choice) => asked.challenge !== null || choice.mayLackPkce);
  if (all.length > 0 && choices.length === 0)
    return refused(asked, "invalid_request", "code_challenge is required here (PKCE, method S256)");
  const info = await checked.info();
  const question = await askQuestion(context, account.id, JSON.stringify([...query]));
  const hinted = asked.me === null ? null : await context.blogAt(withScheme(asked.me));
  return {
    template: "consent",
    title: context.t("consent.title", { app: info.name || asked.client.host }),
    formsLeave: true,
    data: {
      ...shownOf(asked, info),
      logo: await clientLogo(context, info.logo, address),
      scopes,
      question,
      choices: shownChoices(choices, hinted?.id),
      action: request.at("/indieauth/consent"),
    },
  };
}

/** Takes somebody's answer and sends them back to the app with it. */
export async function decide(request: Request): Promise<Reply> {
  const { context, address } = request;
  const account = request.account!;
  const { fields } = await request.form();
  const kept = await answered(context, account.id, fields.get("question") ?? "");
  if (kept === null)
    throw new PublicError("stale", "This question was answered already, or it took too long. Begin again in the app.", 422);
  // Checked once more: what the app publishes may have changed while somebody read.
  const checked = await checkRequest(context, new URLSearchParams(JSON.parse(kept) as [string, string][]), address);
  if ("answer" in checked) return checked.answer;
  const { asked } = checked;
  if (fields.get("answer") !== "allow") return refused(asked, "access_denied", "the person said no");
  const scopes = grantedOf(scopesOf(asked.scope).known, fields.getAll("scope"));
  const about = { scopes: scopesOf(asked.scope).known, clientId: asked.client.href };
  const choice = (await choicesFor(context, account.id, about)).find(({ blog }) => blog.id === fields.get("blog"));
  if (!choice) throw new PublicError("no-blog", "Choose one of your blogs. Begin again in the app.", 422);
  if (asked.challenge === null && !choice.mayLackPkce)
    return refused(asked, "invalid_request", "code_challenge is required here (PKCE, method S256)");
  const { name } = await checked.info();
  const code = await issueCode(context, {
    blogId: choice.blog.id,
    accountId: account.id,
    clientId: asked.client.href,
    clientName: name || asked.client.host,
    redirectUri: asked.redirectUri,
    challenge: asked.challenge,
    scopes,
  });
  // An app that came by a blog's own metadata compares its issuer; one that did not say whose site gets that of the blog.
  const iss = asked.me === null || !(await context.blogAt(withScheme(asked.me))) ? choice.blog.url : asked.issuer;
  return backTo(asked.redirectUri, { code, state: asked.state, iss, me: choice.blog.url });
}

function refused(asked: Asked, error: string, description: string): Reply {
  return backTo(asked.redirectUri, { error, error_description: description, state: asked.state, iss: asked.issuer });
}

// What people judge an app by: its full address, where they will be, and what does not fit together.
function shownOf({ client, redirectUri, challenge }: Asked, info: ClientInfo) {
  const to = URL.parse(redirectUri)!;
  const isWeb = /^https?:$/.test(to.protocol);
  return {
    app: info.name || client.host,
    clientId: client.href,
    isKnown: info.isRead,
    leadsTo: isWeb ? to.host : to.protocol,
    warnings: [
      ...(isWeb && to.host !== client.host ? ["redirect"] : []),
      ...(isWeb ? [] : ["device"]),
      ...(info.uri !== null && URL.parse(info.uri)?.host !== client.host ? ["uri"] : []),
      ...(to.protocol === "http:" && !isOwnMachine(to) ? ["http"] : []),
      ...(challenge === null ? ["pkce"] : []),
    ],
    uriHost: info.uri === null ? "" : (URL.parse(info.uri)?.host ?? ""),
  };
}

function shownChoices(choices: readonly Choice[], hinted: string | undefined) {
  const first = choices.find(({ blog }) => blog.id === hinted) ?? choices[0];
  return choices.map(({ blog, isOwn }) => ({
    id: blog.id,
    title: blog.title,
    url: blog.url,
    isOwn,
    isChosen: blog.id === first?.blog.id,
  }));
}

const withScheme = (me: string): string => (/^https?:\/\//i.test(me) ? me : `https://${me}`);
