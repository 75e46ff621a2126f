import { PublicError, type Json, type Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { done, softRefusal } from "../wire/answers.ts";
import { textOf } from "../wire/input.ts";
import type { Call } from "../wire/route.ts";
import { appFor } from "./apps.ts";
import { linkMinutes, makeLink } from "./links.ts";

/**
 * `POST /account/signin`: mails somebody a link that opens their app. The answer is the same whether there is such a person or not,
 * and a job looks, so that its time says nothing either.
 */
export async function signIn({ context, input, request }: Call): Promise<Reply> {
  const email = textOf(input, "email").toLowerCase();
  if (!/^[^\s@<>,"]{1,64}@[^\s@<>,"]{1,189}$/.test(email)) return softRefusal("This is no e-mail address.");
  const app = appFor(context, { name: textOf(input, "app_name"), redirectUrl: textOf(input, "redirect_url") });
  if (!app) return softRefusal("This app is not registered here. Ask the people who run this installation.");
  await context.limit(`mail from ${networkOf(request.address)}`, { times: 20, seconds: 3600 });
  await context.limit(`mail to ${email}`, { times: 5, seconds: 3600 });
  await context.enqueue("mail-link", { email, appName: app.name, redirectUrl: app.redirectUrl });
  return done();
}

/** Mails the link, if there is such a person. */
export async function mailLink(data: Json, context: Own): Promise<void> {
  const { email, appName, redirectUrl } = data as { email: string; appName: string; redirectUrl: string };
  const person = await context.identity.byEmail(email);
  if (!person) return;
  const { account, hasSecondStep } = person;
  const word = await makeLink(context, { accountId: account.id, appName, redirectUrl }, hasSecondStep);
  const path = hasSecondStep ? `/open-app/${word}` : `/account/signin/${word}`;
  const values = { name: account.name, app: appName, minutes: linkMinutes, link: new URL(path, context.site.url).href };
  const say = (key: string) => context.t(key, values, account.language);
  try {
    await context.mail.send({ accountId: account.id, subject: say("mail.subject"), text: say("mail.text") });
  } catch (error) {
    // Somebody asked so often that the mails would be a nuisance.
    if (!(error instanceof PublicError)) throw error;
  }
}

// IPv6 by its /64: one customer has all of it.
const networkOf = (address: string): string => (address.includes(":") ? address.split(":").slice(0, 4).join(":") : address);
