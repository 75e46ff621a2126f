import { readFile } from "node:fs/promises";
import type { Own } from "../settings.ts";
import { followAll } from "../following/lists.ts";
import { opmlOf } from "../following/opml-of.ts";
import { readOpml } from "../following/opml.ts";
import { followingPage } from "./following.ts";
import { missing, sentenceOf, type Request } from "./request.ts";

const largest = 5_000_000;

/** Whom somebody follows, as a file that feed readers take. */
export async function opmlFile(request: Request) {
  const { account, context, params } = request;
  if (params.file !== "opml") throw missing("no-item");
  return {
    headers: {
      "content-type": "text/x-opml; charset=utf-8",
      "content-disposition": 'attachment; filename="following.opml"',
      "cache-control": "no-store",
    },
    text: await opmlOf(context as Own, account!.id, `${account!.name || account!.username}: ${context.t("screens./following")}`),
  };
}

/** Takes such a file: all that is in it is followed, a moment later. */
export async function opmlForm(request: Request) {
  const { account, at, context } = request;
  const { files } = await request.form();
  const [file] = files.filter(({ field }) => field === "opml");
  try {
    await context.limit(`opml ${account!.id}`, { times: 10, seconds: 3_600 });
    const isReadable = file !== undefined && file.bytes <= largest;
    const entries = readOpml(isReadable ? await readFile(file.path) : new Uint8Array());
    await followAll(context as Own, account!.id, entries);
    return request.redirect(`${at("/following")}#opml`, context.t("import.begun", { n: entries.length }));
  } catch (error) {
    return followingPage(request, { field: "opml", sentence: sentenceOf(error, request), typed: "" });
  }
}
