import { mediaLimitsOf } from "../../../core/media/size-limits.ts";
import { findFiles, type FileFilter } from "../../../core/media/find-files.ts";
import { thumbUrl, type LibraryFile } from "../../../core/media/media-row.ts";
import { totalOf } from "../../../core/media/totals.ts";
import { usedAmong } from "../../../core/media/uses.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { onBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { mayChange } from "./place.ts";

const pageSize = 30;
const kinds = ["image", "audio", "video"] as const;

/** What became of an upload that was not whole. */
type Upload = { readonly problems: readonly string[]; readonly stored: number };

/** The library as a grid or a list, filtered; after an upload that was not whole, with what went wrong. */
export async function list(request: AdminRequest, upload?: Upload): Promise<ScreenReply> {
  const place = await onBlog(request, "media.upload");
  const query = upload ? new URLSearchParams() : request.query;
  const filter = filterOf(query);
  const found = await findFiles(place.scope, { ...filter, limit: pageSize + 1 });
  const shown = found.slice(0, pageSize);
  const used = await usedAmong(
    place.scope,
    shown.map(({ id }) => id),
  );
  const at = place.at("/media");
  const data = {
    at,
    files: shown.map((file) => ({ ...cardOf(file, used), thumb: thumbUrl(file, place.blog), isOwn: mayChange(place, file) })),
    total: await totalOf(place.scope),
    limits: await mediaLimitsOf(place.scope.storage),
    isList: query.get("view") === "list",
    isTicked: query.get("all") === "1",
    isFiltered: Object.keys(filter).some((name) => name !== "after"),
    asked: Object.fromEntries(["kind", "month", "unused", "missing", "q"].map((name) => [name, query.get(name) ?? ""])),
    kinds: [
      { value: "", label: place.t("media.all-kinds") },
      ...kinds.map((value) => ({ value, label: place.t(`media.kind-${value}`) })),
    ],
    grid: withQuery(at, query, { view: null }),
    rows: withQuery(at, query, { view: "list" }),
    all: withQuery(at, query, { all: "1" }),
    older: found.length > pageSize ? withQuery(at, query, { after: shown.at(-1)!.id, all: null }) : null,
    zone: place.blog.timeZone,
    ...(upload && { problems: upload.problems, stored: upload.stored }),
    errors: upload && Object.fromEntries(upload.problems.map((problem) => ["file", problem])),
  };
  return request.html("screens/media/list", place.t("media.title"), data, { blog: place.blog, status: upload ? 422 : 200 });
}

function cardOf(file: LibraryFile, used: ReadonlySet<string>) {
  const { id, name, type, bytes, width, height, alt, isDecorative, createdAt, url } = file;
  const kind = type.split("/")[0]!;
  const lacksAlt = kind === "image" && alt === "" && !isDecorative;
  return { id, name: name || id, kind, type, bytes, width, height, alt, lacksAlt, createdAt, url, isUsed: used.has(id) };
}

// What cannot be read is no filter: an address that somebody typed is not an error.
function filterOf(query: URLSearchParams): FileFilter {
  const kind = kinds.find((one) => one === query.get("kind"));
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(query.get("month") ?? "") ? query.get("month")! : undefined;
  const name = (query.get("q") ?? "").trim().slice(0, 100);
  const after = query.get("after");
  return {
    ...(kind && { kind }),
    ...(month && { month }),
    ...(query.has("unused") && query.get("unused") !== "" && { isUnused: true }),
    ...(query.get("missing") === "alt" && { lacksAlt: true }),
    ...(name && { name }),
    ...(after && { after }),
  };
}

function withQuery(path: string, query: URLSearchParams, changes: Readonly<Record<string, string | null>>): string {
  const next = new URLSearchParams([...query].filter(([, value]) => value !== ""));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next.size === 0 ? path : `${path}?${next}`;
}
