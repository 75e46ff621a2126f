import { previewDesign, saveDesign } from "../../../core/render/designs/designs.ts";
import { audit } from "../../../core/people/audit.ts";
import { wantsJson } from "../../../core/web/hub-site.ts";
import { problemSummary } from "../../components/generated-form/form-problems.ts";
import { listButton } from "../../components/generated-form/list-buttons.ts";
import { takePictures } from "../../components/generated-form/sent-pictures.ts";
import { byOf, refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { designPage, type DesignPageState } from "./design-page.ts";
import { designPlace, type DesignPlace } from "./design-place.ts";
import { sentDesign, withoutGroup } from "./sent-design.ts";
import { chosenSample, samplePages } from "./sample-pages.ts";

/** The looks of a blog, or those it would have in another theme. */
export async function showDesign(request: AdminRequest) {
  const at = await designPlace(request, request.query.get("theme") ?? "");
  return designPage(request, at, { page: request.query.get("page") });
}

/** Saves the form, shows it, or gives a group back its defaults; a form without settings only puts on a theme. */
export async function changeDesign(request: AdminRequest) {
  const { fields: sent, files } = await request.form();
  const at = await designPlace(request, one(sent, "theme"));
  if (!sent.has("version")) return wear(request, at);
  const intent = one(sent, "intent");
  if (intent.startsWith("reset:")) {
    const opened = intent.slice("reset:".length);
    return showSent(request, at, withoutGroup(sent, at.fields, opened), { opened });
  }
  const changed = listButton(sent);
  if (changed) return showSent(request, at, changed.sent);
  const errors = await takePictures(request, { fields: at.fields, blog: at.place.blog, sent, files });
  if (intent === "preview") return showSent(request, at, sent, { errors });
  return save(request, at, sent, errors);
}

/** Shows a form that is not saved: to a script where it can be seen, to others as a page with everything in it. */
export async function previewSent(request: AdminRequest) {
  const { fields: sent, files } = await request.form();
  const at = await designPlace(request, one(sent, "theme"));
  if (!wantsJson(request.headers)) {
    const errors = await takePictures(request, { fields: at.fields, blog: at.place.blog, sent, files });
    return showSent(request, at, sent, { errors });
  }
  const { house, t } = request;
  const { change, problems } = await sentDesign(sent, { house, ...at });
  const [message] = Object.values(problemSummary(t, problems));
  if (message !== undefined) return { status: 422, json: { message } };
  const { path } = chosenSample(await samplePages(at.place), one(sent, "page"));
  return { status: 200, json: { url: await previewDesign(at.place.scope, house.themes, change, path) } };
}

async function showSent(
  request: AdminRequest,
  at: DesignPlace,
  sent: URLSearchParams,
  more: Pick<DesignPageState, "errors" | "opened"> = {},
) {
  const { change, problems } = await sentDesign(sent, { house: request.house, ...at });
  return designPage(request, at, { sent, change, problems, page: one(sent, "page"), ...more });
}

async function save(request: AdminRequest, at: DesignPlace, sent: URLSearchParams, uploads: Record<string, string>) {
  const { place, theme } = at;
  const { change, problems } = await sentDesign(sent, { house: request.house, ...at });
  const page = one(sent, "page");
  if (Object.keys({ ...problems, ...uploads }).length > 0)
    return designPage(request, at, { sent, change, problems, errors: uploads, page, status: 422 });
  if (one(sent, "version") !== at.version) return designPage(request, at, { sent, change, page, isStale: true, status: 409 });
  const refused = await refusalOf(() => saveDesign(place.scope, request.house.themes, change));
  if (refused) return designPage(request, at, { sent, change, page, errors: { settings: sentenceFor(request, refused) } });
  await note(request, at, theme === place.blog.theme ? "design.saved" : "theme.chosen");
  const shown = page === "" ? "" : `?page=${encodeURIComponent(page)}`;
  return request.redirect(place.at(`/design${shown}`), done(request, at));
}

// What the home page and programs send: nothing but a theme.
async function wear(request: AdminRequest, at: DesignPlace) {
  await saveDesign(at.place.scope, request.house.themes, { theme: at.theme });
  await note(request, at, "theme.chosen");
  return request.redirect(at.place.at("/design"), done(request, at));
}

function done({ t }: AdminRequest, { theme, place, chain }: DesignPlace): string {
  return theme === place.blog.theme ? t("design.saved") : t("design.done", { name: chain[0]?.manifest.name ?? theme });
}

async function note({ house }: AdminRequest, { place, theme }: DesignPlace, action: string): Promise<void> {
  const entry = { action, subject: theme, detail: { before: place.blog.theme }, ...byOf(place) };
  await house.storage.write((db) => audit(db, entry, place.scope.clock.now()));
}
