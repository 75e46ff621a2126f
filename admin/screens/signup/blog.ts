import { PublicError } from "../../../core/errors.ts";
import { installationFacts } from "../../../core/installation/facts.ts";
import { isLanguage, isTimeZone } from "../../../core/people/zones.ts";
import type { Newcomer } from "../../../core/residents/joining/newcomer.ts";
import { languageChoices, zoneChoices } from "../../choices.ts";
import { one } from "../../fields.ts";
import { themeCards } from "../../house.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { entrance } from "./entrance.ts";
import { arrive } from "./arrive.ts";
import { wizardOf } from "./wizard.ts";

const meanwhile = ["account.username-taken", "account.email-taken", "blog.host-taken", "sign-up.waits"];

type Typed = { title: string; description: string; language: string; timeZone: string; theme: string };

/** The second step: the blog, at the address that goes with the handle. */
export async function showBlog(request: AdminRequest) {
  const token = request.query.get("token") ?? "";
  const gathered = await wizardOf(request, token);
  const typed = { title: gathered.name || gathered.username, description: "", language: request.language };
  const { timeZone, theme } = await installationFacts(request.house.storage);
  return page(request, token, { ...typed, timeZone, theme });
}

/** Checks it and lets somebody in, or sends a mail, or lets them wait. */
export async function saveBlog(request: AdminRequest) {
  const { t } = request;
  const { fields } = await request.form();
  const token = one(fields, "token");
  const { invitation, ...gathered } = await wizardOf(request, token);
  const way = await entrance(request, invitation);
  const typed: Typed = {
    title: one(fields, "title").slice(0, 200),
    description: one(fields, "description").slice(0, 2000),
    language: one(fields, "language"),
    timeZone: one(fields, "timeZone"),
    theme: one(fields, "theme"),
  };
  const wantsNone = one(fields, "intent") === "no-blog" && way.invitation?.blogId !== null && way.invitation !== null;
  const errors: Record<string, string> = {};
  if (typed.title === "" && !wantsNone) errors.title = t("setup.title-wrong");
  if (!isLanguage(typed.language)) errors.language = t("setup.language-wrong");
  if (!isTimeZone(typed.timeZone)) errors.timeZone = t("setup.zone-wrong");
  if (Object.keys(errors).length > 0) return page(request, token, typed, errors);
  const theme = themeCards(request.house, request.language).some(({ id }) => id === typed.theme) ? typed.theme : "perch";
  const newcomer: Newcomer = {
    ...gathered,
    ...typed,
    theme,
    title: wantsNone ? null : typed.title,
    invitationId: way.invitation?.id ?? null,
  };
  try {
    return await arrive(request, { token, way, newcomer });
  } catch (error) {
    // Taken while somebody was at this step; “Back” leads to where it can be changed.
    if (!(error instanceof PublicError) || !meanwhile.includes(error.key)) throw error;
    return page(request, token, typed, { title: sentenceFor(request, error) });
  }
}

async function page(request: AdminRequest, token: string, typed: Typed, errors?: Readonly<Record<string, string>>) {
  const { house, t } = request;
  const { username, invitation } = await wizardOf(request, token);
  const way = await entrance(request, invitation);
  const data = {
    ...typed,
    token,
    blogTitle: typed.title,
    title: t("signup.blog"),
    address: `${username}.${new URL(house.site.url).host}`,
    themes: themeCards(house, request.language).map(({ id, name, description }) => ({
      value: id,
      label: name,
      hint: description,
    })),
    languages: languageChoices(request.language, typed.language),
    zones: zoneChoices(typed.timeZone),
    mayGoWithout: way.invitation !== null && way.invitation.blogId !== null,
    errors,
    step: 2,
  };
  return request.html("screens/signup/blog", data.title, data, { status: errors ? 422 : 200 });
}
