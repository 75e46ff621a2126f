import { readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { findByAddress } from "../../blogs/blogs.ts";
import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Draft, Post } from "../../hooks/values.ts";
import type { House } from "../../house.ts";
import { storeMedia } from "../../media/library.ts";
import { publish } from "../../posts/publish.ts";
import { listPosts, postByPath } from "../../posts/read.ts";
import { trash } from "../../posts/remove.ts";
import { need, needWord, noSuch, UsageError, type Command, type Console, type Typed } from "../command.ts";
import { needBlog, ownerScope, withHouse } from "../with-house.ts";

export const command: Command = {
  summary: "Posts from scripts: list, publish, edit, delete.",
  usage: [
    "post list --blog ADDRESS [--json] [--count]",
    "post publish --blog ADDRESS [--title T] [--photo FILE --alt TEXT] < text",
    "post edit URL [--title T] < text",
    "post delete URL",
  ],
  options: {
    blog: { type: "string" },
    title: { type: "string" },
    photo: { type: "string" },
    alt: { type: "string" },
    json: { type: "boolean" },
    count: { type: "boolean" },
  },
  fields: {
    "blog.unknown": "--blog",
    "post.photo": "--photo",
    "media.type": "--photo",
    "media.broken": "--photo",
    "media.too-large": "--photo",
    "media.too-many-pixels": "--photo",
  },
  run(typed, console) {
    const action = needWord(typed, 0, "list, publish, edit or delete");
    if (action === "list") return list(typed, console);
    if (action === "publish") return publishOne(typed, console);
    if (action === "edit") return edit(typed, console);
    if (action === "delete") return remove(typed, console);
    throw noSuch("rookery post", action, ["list", "publish", "edit", "delete"]);
  },
};

async function list(typed: Typed, console: Console): Promise<void> {
  const address = need(typed, "blog");
  await withHouse(console, async (house) => {
    const scope = await ownerScope(house, await needBlog(house, address));
    const shown: unknown[] = [];
    let count = 0;
    for (
      let page = await listPosts(scope, { limit: 100 });
      page.length > 0;
      page = await listPosts(scope, { after: page.at(-1)!.id, limit: 100 })
    ) {
      count += page.length;
      if (typed.is("count")) continue;
      if (typed.is("json"))
        shown.push(...page.map(({ id, url, kind, title, publishedAt }) => ({ id, url, kind, title, publishedAt })));
      else for (const post of page) console.out(`${post.url}\t${post.title}`.trimEnd());
    }
    if (typed.is("count")) console.out(typed.is("json") ? JSON.stringify({ count }) : String(count));
    else if (typed.is("json")) console.out(JSON.stringify(shown));
  });
}

async function publishOne(typed: Typed, console: Console): Promise<void> {
  const address = need(typed, "blog");
  const photo = typed.text("photo");
  if (photo !== undefined && typed.text("alt") === undefined) throw new UsageError("--alt is missing: say what the photo shows.");
  if (photo === undefined && typed.text("alt") !== undefined)
    throw new UsageError("--photo is missing: --alt says what it shows.");
  const content = (await console.input()).trimEnd();
  const title = typed.text("title");
  await withHouse(console, async (house) => {
    const scope = await ownerScope(house, await needBlog(house, address));
    const photos = photo === undefined ? [] : [await upload(house, scope, resolve(console.cwd, photo), typed.text("alt")!)];
    if (content === "" && title === undefined && photos.length === 0)
      throw new UsageError("There is nothing to publish: send text on stdin.");
    console.out(
      await publishDraft(scope, {
        content,
        format: "markdown",
        status: "published",
        photos,
        ...(title !== undefined && { title }),
      }),
    );
  });
}

async function upload(house: House, scope: Scope, file: string, alt: string) {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new PublicError("post.photo", `There is no file ${file}.`);
  const { url, width, height } = await storeMedia(scope, house.media, { bytes: readFileSync(file), name: basename(file), alt });
  return { url, alt, ...(width !== null && height !== null && { width, height }) };
}

async function edit(typed: Typed, console: Console): Promise<void> {
  const address = needWord(typed, 1, "URL");
  const content = (await console.input()).trimEnd();
  const title = typed.text("title");
  if (content === "" && title === undefined) throw new UsageError("There is nothing to change: send the new text on stdin.");
  await withHouse(console, async (house) => {
    const { scope, post } = await needPost(house, address);
    const change = { ...(content !== "" && { content, format: "markdown" as const }), ...(title !== undefined && { title }) };
    console.out(await publishDraft(scope, { id: post.id, ...change }));
  });
}

async function remove(typed: Typed, console: Console): Promise<void> {
  const address = needWord(typed, 1, "URL");
  await withHouse(console, async (house) => {
    const { scope, post } = await needPost(house, address);
    await trash(scope, post.id);
    console.out(`${post.url} is in the trash.`);
  });
}

async function publishDraft(scope: Scope, draft: Draft): Promise<string> {
  const outcome = await publish(scope, draft);
  if (!outcome.ok) throw new PublicError("post.refused", outcome.refusal.refuse);
  return outcome.post.url;
}

async function needPost(house: House, address: string): Promise<{ scope: Scope; post: Post }> {
  const url = URL.parse(/^https?:/i.test(address) ? address : `http://${address}`);
  const blog = url ? await findByAddress(house.storage, url.host, house.site) : null;
  const scope = blog && (await ownerScope(house, blog));
  const post = scope && (await postByPath(scope, url!.pathname));
  if (!scope || !post)
    throw new PublicError("post.unknown", `There is no post at ${address.slice(0, 200)}: rookery post list shows them.`);
  return { scope, post };
}
