import { readFile } from "node:fs/promises";
import { audit } from "../../../core/people/audit.ts";
import { decodeUtf8, TextRefused } from "../../../core/net/text.ts";
import { keepRedirects } from "../../../core/posts/redirects/own-redirects.ts";
import { readRedirectFile, type FileReport } from "../../../core/posts/redirects/redirect-file.ts";
import { byOf, refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { rulesFor } from "./rules.ts";

const mostBytes = 1_000_000;

/** The form for many redirects at once. */
export async function showFileForm(request: AdminRequest) {
  return page(request, await onBlog(request, "blog.edit"), { list: "" });
}

/** Says what a list would do, line by line; with `intent=add` it does it, leaving out the lines that cannot be. */
export async function lookAtFile(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { fields, files } = await request.form();
  const [file] = files;
  if (file && file.bytes > mostBytes) return page(request, place, { list: "", problem: request.t("redirects.file-too-large") });
  let list = fields.get("list") ?? "";
  try {
    if (file) list = decodeUtf8(await readFile(file.path));
  } catch (error) {
    if (!(error instanceof TextRefused)) throw error;
    return page(request, place, { list: "", problem: request.t("redirects.file-no-text") });
  }
  if (list.trim() === "") return page(request, place, { list, problem: request.t("redirects.list-empty") });

  let report: FileReport | undefined;
  const refused = await refusalOf(async () => {
    report = await readRedirectFile(place.scope, list, await rulesFor(place));
    if (one(fields, "intent") === "add" && report.good.length > 0) await addAll(place, report);
  });
  if (refused || !report) return page(request, place, { list, ...(refused && { problem: sentenceFor(request, refused) }) });
  if (one(fields, "intent") !== "add" || report.good.length === 0) return page(request, place, { list, report });
  return request.redirect(place.at("/redirects"), request.t("redirects.added-many", { n: report.good.length }));
}

async function addAll(place: OnBlog, report: FileReport): Promise<void> {
  const { scope, blog } = place;
  await scope.storage.write(async (db) => {
    const count = await keepRedirects(scope, db, report.good);
    const detail = { count, refused: report.problems.length };
    await audit(db, { action: "redirect.list-added", subject: blog.host, detail, ...byOf(place) }, scope.clock.now());
  });
}

async function page(request: AdminRequest, place: OnBlog, typed: { list: string; problem?: string; report?: FileReport }) {
  const problems = (typed.report?.problems ?? []).map(({ line, text, error }) => ({
    line,
    text,
    why: sentenceFor(request, error),
  }));
  const data = {
    list: typed.list,
    errors: typed.problem === undefined ? undefined : { list: typed.problem },
    isLooked: typed.report !== undefined,
    count: typed.report?.good.length ?? 0,
    first: (typed.report?.good ?? []).slice(0, 20),
    problems: problems.slice(0, 200),
    more: Math.max(0, problems.length - 200),
    problemCount: problems.length,
    at: place.at("/redirects/file"),
    back: place.at("/redirects"),
  };
  const options = { blog: place.blog, status: typed.problem === undefined ? 200 : 422 };
  return request.html("screens/redirects/file", request.t("redirects.file-title"), data, options);
}
