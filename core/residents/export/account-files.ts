import type { Scope } from "../../hooks/scope.ts";
import type { Blog } from "../../hooks/values.ts";
import { blogsOf } from "../../blogs/memberships.ts";
import type { MediaStore } from "../../media/store.ts";
import type { ZipFile } from "../../net/zip-file.ts";
import { personById } from "../../people/accounts.ts";
import { appTokensOf } from "../../people/app-tokens.ts";
import { auditLines } from "../../people/audit.ts";
import { sessionsOf } from "../../people/sessions.ts";
import { pretty, writeBlog } from "./blog-files.ts";
import type { Keeper } from "./export-file.ts";
import { jsonList } from "./json-list.ts";
import { writeKept, type KeptPart } from "./kept-files.ts";

/** What goes into somebody's archive, and where it is read from. */
export type AccountFiles = {
  readonly zip: ZipFile;
  readonly media: Pick<MediaStore, "read">;
  /** Plugins that keep something of people, or of the scope's blog. */
  readonly keepers: (scope: Scope) => readonly Keeper[];
  readonly signal: AbortSignal;
};

/** Writes all that is somebody's: profile, blogs of theirs whole, their own posts on others' blogs, sessions, apps, their log, and what plugins keep of them. */
export async function writeAccount(
  scope: Scope,
  accountId: string,
  { zip, media, signal, keepers }: AccountFiles,
): Promise<void> {
  const { storage, clock } = scope;
  const person = await personById(storage, accountId);
  if (!person) throw Object.assign(new Error("The account of this export is gone"), { permanent: true });
  await zip.add("profile.json", pretty(person));
  const sessions = await sessionsOf(storage, accountId, clock.now());
  await zip.add("sessions.json", pretty(sessions.map(({ idHash: _id, csrf: _csrf, ...session }) => session)));
  await zip.add("apps.json", pretty(await appTokensOf(storage, accountId)));
  await zip.addStream("log.json", jsonList(linesOf(scope, accountId, signal)));
  const asked = { zip, signal, person: { accountId, language: person.language || "en" } };
  const kept = [...(await writeKept(keepers({ ...scope, blog: null }), { ...asked, folder: "" }))];
  for (const { blog, role } of await placesOf(scope, accountId)) {
    const authorId = role === "owner" ? null : accountId;
    const folder = `blogs/${blog.host}/`;
    await writeBlog({ ...scope, blog }, { zip, media, signal, authorId, folder });
    if (authorId === null) kept.push(...(await writeKept(keepers({ ...scope, blog }), { ...asked, folder })));
  }
  // The last, since only now it is known what is missing.
  await zip.add("README.txt", readme + toldOf(kept));
}

/** Writes one blog whole, as its owners may have it, for one of them. */
export async function writeOneBlog(
  scope: Scope,
  accountId: string,
  { zip, media, signal, keepers, onPost }: AccountFiles & { readonly onPost?: () => void },
): Promise<void> {
  await writeBlog(scope, { zip, media, signal, authorId: null, folder: "", ...(onPost && { onPost }) });
  const language = (await personById(scope.storage, accountId))?.language || "en";
  const kept = await writeKept(keepers(scope), { zip, signal, person: { accountId, language }, folder: "" });
  await zip.add("README.txt", readme + toldOf(kept));
}

async function placesOf(scope: Scope, accountId: string): Promise<readonly { blog: Blog; role: string }[]> {
  return (await blogsOf(scope.storage, accountId, scope.site)).filter(({ role }) => role !== "reader");
}

async function* linesOf(scope: Scope, accountId: string, signal: AbortSignal) {
  for (let before: number | undefined; ;) {
    signal.throwIfAborted();
    const lines = await auditLines(scope.storage, { accountId, limit: 100, ...(before !== undefined && { before }) });
    for (const { at, action, subject, detail, via, address } of lines) yield { at, action, subject, detail, via, address };
    if (lines.length < 100) return;
    before = lines.at(-1)!.id;
  }
}

const readme = `Made by Rookery.

posts/, scheduled/, drafts/, trash/   each post as a text file: Markdown (or HTML, as "format" says) under its facts in YAML
posts.json                            the same posts whole, with everything that is stored of them
media/, media.json                    pictures, sounds and films, and their descriptions
interactions.json                     replies and mentions that came in
blog.json                             the blog's settings, addresses, people, categories, redirects, own templates
profile.json, sessions.json, apps.json, log.json
                                      (in the archive of an account) who you are, where you were signed in, which apps had a
                                      key, what you did; blogs/ holds each blog, those of others with your own posts only
plugins/                              what plugins keep of you or of the blog besides, told below

Passwords and keys are in no archive.
`;

function toldOf(parts: readonly KeptPart[]): string {
  const missing = {
    whole: "",
    failed: "    NOT COMPLETE: it could not be read to its end. Please make another archive later.\n",
    "too-large": "    NOT COMPLETE: there is more of it than an archive takes.\n",
  };
  return parts.map(({ folder, about, state }) => `\n${folder}\n${about && `    ${about}\n`}${missing[state]}`).join("");
}
