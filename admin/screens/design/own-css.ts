import { stateOf } from "../../../core/render/designs/design-change.ts";
import { previewDesign, saveDesign } from "../../../core/render/designs/designs.ts";
import { cssProblems, type CssProblem } from "../../../core/render/style/custom-css.ts";
import { PublicError } from "../../../core/errors.ts";
import { audit } from "../../../core/people/audit.ts";
import { wantsJson } from "../../../core/web/hub-site.ts";
import { byOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { styleNonce, withEditorPolicy } from "./code/code-policy.ts";
import { editorPhrases } from "./code/editor-phrases.ts";
import { versionOf } from "./design-place.ts";
import { chosenSample, samplePages } from "./sample-pages.ts";

type Found = { readonly line: number; readonly message: string };
type CssState = {
  readonly css: string;
  readonly page: string;
  readonly found?: readonly Found[];
  readonly isSound?: boolean;
  readonly isStale?: boolean;
  readonly status?: number;
};

/** A blog's own CSS, beside a page in it. */
export async function showCss(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  return page(request, place, { css: storedCss(place), page: request.query.get("page") ?? "" });
}

/** Checks, shows or saves it. */
export async function changeCss(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { fields } = await request.form();
  const css = (fields.get("css") ?? "").replaceAll("\r\n", "\n");
  const [intent, wanted] = [one(fields, "intent"), one(fields, "page")];
  const found = cssProblems(css).map((problem) => said(request, problem));
  const isBroken = found.length > 0;
  if (wantsJson(request.headers)) return answer(request, place, { css, page: wanted, found, intent });
  if (intent === "check" || intent === "preview" || isBroken)
    return page(request, place, {
      css,
      page: wanted,
      found,
      isSound: !isBroken && intent === "check",
      status: isBroken ? 422 : 200,
    });
  if (one(fields, "version") !== versionOf(stateOf(place.blog)))
    return page(request, place, { css, page: wanted, isStale: true, status: 409 });
  await saveDesign(place.scope, request.house.themes, { core: { customCss: css === "" ? null : css } });
  const entry = { action: "design.css", subject: place.blog.host, ...byOf(place) };
  await request.house.storage.write((db) => audit(db, entry, place.scope.clock.now()));
  return request.redirect(place.at("/design/css"), request.t("design.css-saved"));
}

type Asked = { css: string; page: string; intent: string; found: readonly Found[] };

async function answer(request: AdminRequest, place: OnBlog, { css, page: wanted, found, intent }: Asked) {
  if (intent === "check" || found.length > 0) {
    const json = { found: found.map((one) => ({ ...one, level: "error", fix: "" })), message: found[0]?.message };
    return { status: intent === "check" ? 200 : 422, json };
  }
  const { path } = chosenSample(await samplePages(place), wanted);
  return {
    status: 200,
    json: { url: await previewDesign(place.scope, request.house.themes, { core: { customCss: css } }, path) },
  };
}

async function page(request: AdminRequest, place: OnBlog, state: CssState) {
  const { t, house } = request;
  const pages = await samplePages(place);
  const sample = chosenSample(pages, state.page);
  const found = state.found ?? [];
  const shown = found.length > 0 ? storedCss(place) : state.css;
  const nonce = styleNonce();
  const data = {
    ...state,
    found,
    errors: found.length > 0 ? Object.fromEntries(found.map(({ line, message }) => [`line-${line}`, message])) : undefined,
    lines: JSON.stringify(found.map(({ line }) => line)),
    version: versionOf(stateOf(place.blog)),
    at: place.at("/design/css"),
    designAt: place.at("/design"),
    nonce,
    phrases: editorPhrases(t),
    samples: pages.map(({ name, path }) => ({ name, path, label: t(`design.sample-${name}`) })),
    sample: sample.name,
    address: await previewDesign(place.scope, house.themes, { core: { customCss: shown } }, sample.path),
  };
  const reply = await request.html("screens/design/own-css", t("design.css"), data, {
    blog: place.blog,
    status: state.status ?? 200,
  });
  return withEditorPolicy(reply, nonce, [new URL(place.blog.url).origin]);
}

function storedCss({ blog }: OnBlog): string {
  const { customCss } = stateOf(blog).design;
  return typeof customCss === "string" ? customCss : "";
}

function said(request: AdminRequest, { key, message, line, values }: CssProblem): Found {
  return { line, message: sentenceFor(request, new PublicError(key, message, 422, values)) };
}
