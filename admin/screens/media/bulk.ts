import type { Readable } from "node:stream";
import { PublicError } from "../../../core/errors.ts";
import { storedName, type LibraryFile } from "../../../core/media/media-row.ts";
import { zipStream } from "../../../core/net/zip-stream.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import type { AdminRequest } from "../../request.ts";
import { chosenFiles, removeChosen } from "./remove.ts";

/** What is done with several files: `delete`, `download` or `describe`. */
export async function bulk(request: AdminRequest): Promise<ScreenReply> {
  const { place, files } = await chosenFiles(request);
  const { fields } = await request.form();
  if (files.length === 0) return request.redirect(place.at("/media"), place.t("media.nothing-chosen"));
  switch (fields.get("action")) {
    case "delete":
      return removeChosen(request, place, files);
    case "download":
      return download(request, files, place.blog.host);
    case "describe":
      return request.redirect(place.at(`/media/describe?ids=${files.map(({ id }) => id).join(",")}`));
    default:
      throw new PublicError("media.action", "Choose what is to be done with the files.", 422);
  }
}

// Read and sent one after the other: neither a file nor the archive is in memory as a whole.
function download(request: AdminRequest, files: readonly LibraryFile[], host: string): ScreenReply {
  const store = request.house.media;
  const names = uniqueNames(files);
  async function* entries(): AsyncGenerator<{ path: string; content: Readable }> {
    for (const [at, file] of files.entries()) {
      const content = await store.read(storedName(file.address, file.revision));
      if (content) yield { path: names[at]!, content };
    }
  }
  const name = `${host.replace(/[^a-z0-9.-]/g, "-")}-media.zip`;
  return {
    stream: zipStream(entries()),
    headers: { "content-type": "application/zip", "content-disposition": `attachment; filename="${name}"` },
  };
}

function uniqueNames(files: readonly LibraryFile[]): string[] {
  const taken = new Set<string>();
  return files.map(({ name, address, id }) => {
    const ending = /\.[a-z0-9]+$/.exec(address)?.[0] ?? "";
    const stem =
      name
        .replace(/\.[A-Za-z0-9]{1,5}$/, "")
        .replace(/[<>:"|?*\\/]|^\.+/g, " ")
        .trim() || id;
    let path = stem + ending;
    for (let number = 2; taken.has(path.toLowerCase()); number++) path = `${stem} ${number}${ending}`;
    taken.add(path.toLowerCase());
    return path;
  });
}
