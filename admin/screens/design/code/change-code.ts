import { saveOwnCopy } from "../../../../core/render/overrides/save-copy.ts";
import { wantsJson } from "../../../../core/web/hub-site.ts";
import { one } from "../../../fields.ts";
import { refusalOf } from "../../../by.ts";
import { sentenceFor, type AdminRequest } from "../../../request.ts";
import { chosenSample, samplePages } from "../sample-pages.ts";
import { noteTemplate } from "./audited.ts";
import { checkSource, isBroken } from "./check-source.ts";
import { codeAt } from "./code-address.ts";
import { codePage } from "./code-page.ts";
import { numberOf, ownCodePlace, type CodePlace } from "./code-place.ts";
import { previewTemplate } from "./preview-template.ts";

type Sent = { readonly source: string; readonly page: string; readonly intent: string; readonly number: number };

/** Checks, shows or saves the source of an own template. What readers could not be given stays a draft. */
export async function changeCode(request: AdminRequest) {
  const at = await ownCodePlace(request);
  const { fields } = await request.form();
  const sent: Sent = {
    // Forms end lines in two characters; templates keep one.
    source: (fields.get("source") ?? "").replaceAll("\r\n", "\n"),
    page: one(fields, "page"),
    intent: one(fields, "intent"),
    number: Number(one(fields, "number")),
  };
  if (sent.intent === "check") return check(request, at, sent);
  if (sent.intent === "preview") return show(request, at, sent);
  return save(request, at, sent);
}

function check(request: AdminRequest, at: CodePlace, { source, page }: Sent) {
  const found = checkSource(request, at.place, { ...at.file, source });
  if (wantsJson(request.headers)) return { status: 200, json: { found } };
  const isSound = found.length === 0;
  return codePage(request, at, { source, page, found, isSound, status: isBroken(found) ? 422 : 200 });
}

async function show(request: AdminRequest, at: CodePlace, { source, page }: Sent) {
  const { path } = chosenSample(await samplePages(at.place), page);
  const address = await previewTemplate(at.place, { ...at.file, source }, path);
  if (wantsJson(request.headers)) return { status: 200, json: { url: address } };
  return codePage(request, at, { source, page, address, found: checkSource(request, at.place, { ...at.file, source }) });
}

async function save(request: AdminRequest, at: CodePlace, { source, page, intent, number }: Sent) {
  const { t, house } = request;
  const { place, file, copy } = at;
  const stale = () => codePage(request, at, { source, page, isStale: true, status: 409 });
  if (number !== numberOf(copy)) return stale();
  const found = checkSource(request, place, { ...file, source });
  if (intent === "activate" && isBroken(found)) return codePage(request, at, { source, page, found, status: 422 });
  const asDraft = intent === "draft" || isBroken(found);
  const refused = await refusalOf(() => saveOwnCopy(place.scope, house.themes, { ...file, source, asDraft, expected: number }));
  if (refused?.key === "theme.copy-stale") return stale();
  if (refused) return codePage(request, at, { source, page, errors: { source: sentenceFor(request, refused) } });
  await noteTemplate(request, at, asDraft ? "template.draft" : "template.saved");
  const said = !asDraft ? "design.template-saved" : intent === "draft" ? "design.draft-saved" : "design.broken-saved";
  return request.redirect(codeAt(place, file), t(said));
}
