import { blogsToSaveOn } from "../store.ts";
import type { Own } from "../settings.ts";
import { sentenceOf, storeOf, type Request } from "./bookmark-row.ts";

type Typed = {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly tags: string;
  readonly visibility: string;
  readonly blog: string;
};

/** The form that saves a page; its address takes what a bookmarklet or an app shares (`url`, `title`, `text`). */
export function savePage(request: Request) {
  const shared = (name: string, most: number) => (request.query.get(name) ?? "").trim().slice(0, most);
  const text = shared("text", 10_000);
  // Apps put the address into the text when they have no other place for it.
  const inText = /\bhttps?:\/\/\S+/.exec(text)?.[0] ?? "";
  const url = shared("url", 2_000) || inText;
  const quoted = text.replace(inText === url ? inText : "", "").trim();
  return page(request, {
    url,
    title: shared("title", 500),
    text: quoted === "" ? "" : quoted.replace(/^/gm, "> "),
    tags: shared("tags", 1_000),
    visibility: "",
    blog: "",
  });
}

/** Saves what the form says. */
export async function saveForm(request: Request) {
  const { fields } = await request.form();
  const said = (name: string) => fields.get(name) ?? "";
  const typed = {
    url: said("url"),
    title: said("title"),
    text: said("text"),
    tags: said("tags"),
    visibility: said("visibility"),
    blog: said("blog"),
  };
  const { store, accountId } = storeOf(request);
  try {
    const blogs = await blogsToSaveOn(request.context as Own, accountId);
    const blog = blogs.find(({ id }) => id === typed.blog);
    const visibility = (["public", "private"] as const).find((one) => one === typed.visibility);
    const { id } = await store.add(accountId, {
      url: typed.url,
      title: typed.title.slice(0, 500),
      content: typed.text,
      tags: [typed.tags.slice(0, 2_000)],
      ...(visibility && { visibility }),
      ...(blog && { blogId: blog.id }),
    });
    return request.redirect(`/bookmarks/${id}`, request.context.t("new.saved"));
  } catch (error) {
    return page(request, typed, sentenceOf(error, request));
  }
}

async function page(request: Request, typed: Typed, error = "") {
  const { context, at } = request;
  const blogs = await blogsToSaveOn(context as Own, request.account!.id);
  const visibilities = ["", "public", "private"].map((value) => ({ value, label: context.t(`new.seen-${value || "usual"}`) }));
  const choices = blogs.map(({ id, title, host }) => ({ value: id, label: title || host }));
  const script = `javascript:location.href='${new URL(at("/bookmarks/new"), context.site.url).href}?url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title)+'&text='+encodeURIComponent(getSelection())`;
  const data = { ...typed, error, choices, visibilities, script, action: at("/bookmarks/new"), back: at("/bookmarks") };
  return { template: "new", data, status: error === "" ? 200 : 422 };
}
