import type { AdminRequest } from "../../../request.ts";
import { onBlog, type OnBlog } from "../../../on-blog.ts";
import { troublesOf } from "../../../../core/render/troubles/troubles.ts";
import { chosenSample, samplePages } from "../sample-pages.ts";
import { checkSource, type Found } from "./check-source.ts";
import { codeAt } from "./code-address.ts";
import { allCopies, codePlace, noTemplate, numberOf, type CodePlace } from "./code-place.ts";
import { styleNonce, withEditorPolicy } from "./code-policy.ts";
import { editorPhrases } from "./editor-phrases.ts";
import { docsOf, editorNames } from "./template-docs.ts";
import { templateTree } from "./template-tree.ts";

/** What the page of a template shows besides what is stored. */
export type CodeState = {
  /** What was typed. */
  readonly source?: string;
  readonly found?: readonly Found[];
  /** The checker was asked, and found nothing. */
  readonly isSound?: boolean;
  readonly errors?: Readonly<Record<string, string>>;
  readonly isStale?: boolean;
  /** Where it can be seen. */
  readonly address?: string;
  readonly page?: string;
  readonly status?: number;
};

/** The list of all templates, or the one that `file` names. */
export async function showCode(request: AdminRequest) {
  const name = request.query.get("file");
  if (name === null) return listPage(request);
  const at = await codePlace(request, name);
  if (!at.copy && at.original === null) throw noTemplate();
  return codePage(request, at);
}

/** Draws the list, with nothing chosen. */
export async function listPage(request: AdminRequest, state: { errors?: Record<string, string>; template?: string } = {}) {
  const place = await onBlog(request, "blog.edit");
  const copies = await allCopies(request, place);
  const troubles = await troublesOf(place.scope);
  const data = {
    ...common(request, place),
    tree: templateTree(request, { place, copies, current: null, troubles }),
    copies,
    ...state,
  };
  const title = request.t("design.code");
  return request.html("screens/design/code/list", title, data, { blog: place.blog, status: state.errors ? 422 : 200 });
}

/** Draws a template: an editor for a copy of one's own, else the theme's text to read and to copy. */
export async function codePage(request: AdminRequest, at: CodePlace, state: CodeState = {}) {
  const { place, file, copy, original } = at;
  const copies = await allCopies(request, place);
  const source = state.source ?? copy?.draft ?? copy?.source ?? original ?? "";
  const found = state.found ?? (copy && hasToBeChecked(copy) ? checkSource(request, place, { ...file, source }) : []);
  const nonce = styleNonce();
  const samples = await samplePages(place);
  const docs = docsOf(file.template);
  const troubles = await troublesOf(place.scope);
  const data = {
    ...common(request, place),
    tree: templateTree(request, { place, copies, current: file, troubles }),
    copies,
    file: { ...file, name: `${file.theme}/${file.template}` },
    copy,
    trouble: troubles.find(({ template }) => template === `${file.theme}/${file.template} (own copy)`),
    original,
    source,
    number: numberOf(copy),
    found,
    lines: JSON.stringify(found.filter(({ level }) => level !== "info").map(({ line }) => line)),
    isSound: state.isSound ?? false,
    isStale: state.isStale ?? false,
    errors: state.errors,
    docs,
    names: editorNames(file.template),
    phrases: editorPhrases(request.t),
    nonce,
    historyAt: codeAt(place, file, "/history"),
    compareAt: codeAt(place, file, "/compare"),
    samples: samples.map(({ name }) => ({ value: name, label: request.t(`design.sample-${name}`) })),
    sample: chosenSample(samples, state.page || usualSample(file.template)).name,
    address: state.address,
  };
  const status = state.status ?? (state.errors ? 422 : 200);
  const title = request.t("design.code-of", { template: file.template });
  const reply = await request.html("screens/design/code/code", title, data, { blog: place.blog, status });
  return withEditorPolicy(reply, nonce, [new URL(place.blog.url).origin]);
}

function common(request: AdminRequest, place: OnBlog) {
  return {
    at: place.at("/design/code"),
    designAt: place.at("/design"),
    worn: request.house.themes.find(place.blog.theme)?.manifest.name,
  };
}

const hasToBeChecked = (copy: NonNullable<CodePlace["copy"]>): boolean => copy.draft !== null || copy.state !== "active";

// The page that shows a template best.
function usualSample(template: string): string {
  if (/^(post|single)/.test(template)) return "long";
  if (template.startsWith("page")) return "page";
  if (template.startsWith("error")) return "missing";
  return /^(archive|date)/.test(template) ? "archive" : "home";
}
