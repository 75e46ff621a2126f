import { PublicError } from "../../../core/errors.ts";
import { cleanEmail, nameProblem } from "../../../core/people/names.ts";
import { hashPassword, passwordProblem } from "../../../core/people/passwords.ts";
import { isLanguage, isTimeZone } from "../../../core/people/zones.ts";
import { themeCards } from "../../house.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { languageChoices, zoneChoices } from "../../choices.ts";
import { setupChecks } from "./checks.ts";
import { enableSet, makeInstallation } from "./finish.ts";
import { dismissChecklist } from "./checklist.ts";
import { enableImporters, importersThere } from "./importers.ts";
import { gather, openWizard, wizardOf, type Gathered } from "./wizard.ts";

/** The first run: check, you, blog, purpose. Each step saves and has its own address; going back works. */
export const setupScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/setup", access: "nobody-yet", run: begin },
  { method: "GET", path: "/setup/you", access: "nobody-yet", run: showYou },
  { method: "POST", path: "/setup/you", access: "nobody-yet", run: saveYou },
  { method: "GET", path: "/setup/blog", access: "nobody-yet", run: showBlog },
  { method: "POST", path: "/setup/blog", access: "nobody-yet", run: saveBlog },
  { method: "GET", path: "/setup/purpose", access: "nobody-yet", run: showPurpose },
  { method: "POST", path: "/setup/purpose", access: "nobody-yet", run: finish },
  { method: "POST", path: "/setup/checklist/hide", access: "member", run: dismissChecklist },
];

type Errors = Record<string, string>;

async function begin(request: AdminRequest) {
  const wizard = await wizardOf(request);
  const isTried = request.query.has("token");
  if (!wizard) {
    const errors = isTried ? { token: request.t("setup.link-over") } : null;
    return request.html("screens/setup/locked", request.t("setup.title"), { errors }, { status: isTried ? 403 : 200 });
  }
  const checks = await setupChecks(request);
  const mustFix = checks.some(({ status }) => status === "bad");
  return request.html("screens/setup/check", request.t("setup.title"), { token: wizard.token, checks, mustFix, step: 1 });
}

async function showYou(request: AdminRequest) {
  const { token, gathered } = await openWizard(request);
  return you(request, { ...gathered, token });
}

async function saveYou(request: AdminRequest) {
  const wizard = await openWizard(request);
  const { fields } = await request.form();
  const text = (name: string) => (fields.get(name) ?? "").trim();
  const [name, username, email, password] = [
    text("name"),
    text("username").toLowerCase(),
    text("email"),
    fields.get("password") ?? "",
  ];
  const keeps = password === "" && wizard.gathered.passwordHash !== undefined;
  const errors: Errors = {};
  const nameWrong = nameProblem(username);
  if (nameWrong) errors.username = nameWrong;
  if (email !== "" && cleanEmail(email) === null) errors.email = request.t("setup.email-wrong");
  const passwordWrong = keeps ? null : passwordProblem(password, username);
  if (passwordWrong) errors.password = passwordWrong;
  if (Object.keys(errors).length > 0) return you(request, { name, username, email, token: wizard.token, errors }, 422);
  const passwordHash = keeps ? wizard.gathered.passwordHash! : await hashPassword(password, username);
  await gather(request, wizard, { name, username, email, passwordHash });
  return request.redirect(`/setup/blog?token=${wizard.token}`);
}

function you(request: AdminRequest, data: Gathered & { token: string; errors?: Errors }, status = 200) {
  const shown = { ...data, title: request.t("setup.you"), passwordHash: null, isKnown: data.passwordHash !== undefined };
  return request.html("screens/setup/you", shown.title, { ...shown, step: 2 }, { status });
}

async function showBlog(request: AdminRequest) {
  const { token, gathered } = await openWizard(request);
  if (!gathered.username) return request.redirect(`/setup/you?token=${token}`);
  const guess = { blogName: gathered.username, title: gathered.name ?? "", language: "en", timeZone: "UTC", theme: "perch" };
  return blog(request, { ...guess, ...gathered, token });
}

async function saveBlog(request: AdminRequest) {
  const wizard = await openWizard(request);
  const { fields } = await request.form();
  const text = (name: string) => (fields.get(name) ?? "").trim();
  const given = {
    title: text("title"),
    description: text("description"),
    blogName: text("blogName").toLowerCase(),
    language: text("language"),
    timeZone: text("timeZone"),
    theme: text("theme"),
  };
  const errors: Errors = {};
  if (given.title === "" || given.title.length > 200) errors.title = request.t("setup.title-wrong");
  const nameWrong = nameProblem(given.blogName);
  if (nameWrong) errors.blogName = nameWrong;
  if (!isLanguage(given.language)) errors.language = request.t("setup.language-wrong");
  if (!isTimeZone(given.timeZone)) errors.timeZone = request.t("setup.zone-wrong");
  if (!themeCards(request.house, request.language).some((theme) => theme.id === given.theme)) given.theme = "perch";
  if (Object.keys(errors).length > 0) return blog(request, { ...given, token: wizard.token, errors }, 422);
  await gather(request, wizard, given);
  return request.redirect(`/setup/purpose?token=${wizard.token}`);
}

async function blog(request: AdminRequest, data: Gathered & { token: string; errors?: Errors }, status = 200) {
  const hubHost = new URL(request.house.site.url).host;
  const themes = themeCards(request.house, request.language).map((theme) => ({
    value: theme.id,
    label: theme.name,
    hint: theme.description,
  }));
  const choices = { themes, languages: languageChoices(request.language, data.language), zones: zoneChoices(data.timeZone) };
  const shown = { ...data, passwordHash: null, title: request.t("setup.blog"), blogTitle: data.title };
  return request.html("screens/setup/blog", shown.title, { ...shown, ...choices, hubHost, step: 3 }, { status });
}

async function showPurpose(request: AdminRequest) {
  const { token, gathered } = await openWizard(request);
  if (!gathered.blogName) return request.redirect(`/setup/blog?token=${token}`);
  const importers = (await importersThere(request)).map(({ name }) => name).join(", ");
  return request.html("screens/setup/purpose", request.t("setup.purpose"), { token, step: 4, purpose: "blog", importers });
}

async function finish(request: AdminRequest) {
  const wizard = await openWizard(request);
  if (!wizard.gathered.username || !wizard.gathered.blogName)
    throw new PublicError("setup.incomplete", request.t("setup.incomplete"), 409);
  const { fields } = await request.form();
  const { cookie, host } = await makeInstallation(request, wizard);
  const failed = await enableSet(request, fields.get("purpose") ?? "blog");
  if (fields.get("posts") === "bring") failed.push(...(await enableImporters(request)));
  const flash = failed.length === 0 ? request.t("setup.done") : request.t("setup.done-but", { names: failed });
  const path = fields.get("posts") === "bring" ? `/b/${host}/import` : `/compose?blog=${host}`;
  return { ...request.redirect(path, flash), session: cookie };
}
