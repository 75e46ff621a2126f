import type { Blog, Post } from "../../../core/hooks/values.ts";
import { findPosts } from "../../../core/posts/find-posts.ts";
import { onHost } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import type { Destination } from "../../places.ts";
import { filterOf } from "../posts/filter.ts";

/** Going somewhere by typing where, and the keys that lead there. */
export const findScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/find", access: "member", run: find },
  { method: "GET", path: "/keys", access: "member", run: keys },
];

const most = 12;
const mostPosts = 5;
// One letter is in every post.
const shortest = 2;

async function find(request: AdminRequest) {
  const wanted = (request.query.get("q") ?? "").trim().slice(0, 100);
  const blog = await request.usualBlog();
  const found = (await request.destinations(blog)).filter(({ label }) => includes(label, wanted, request.language));
  const blogs = wanted === "" ? [] : await blogsNamed(request, wanted);
  const posts = blog && wanted.length >= shortest ? await postsSaying(request, blog, wanted) : [];
  const screens = [...found, ...blogs].slice(0, wanted === "" ? 100 : most);
  const data = { q: wanted, found: screens, posts, isAsked: wanted !== "" };
  return request.html("screens/find/find", request.t("find.title"), data, { blog });
}

// The newest few that are published, then drafts: the list of posts has the rest.
async function postsSaying(request: AdminRequest, blog: Blog, wanted: string): Promise<{ href: string; post: Post }[]> {
  const place = await onHost(request, blog.host, "post.create");
  const inTab = async (tab: string) =>
    (await findPosts(place.scope, filterOf(place, new URLSearchParams({ q: wanted, tab })), { limit: mostPosts })).posts;
  const posts = [...(await inTab("published")), ...(await inTab("drafts"))];
  return posts.slice(0, mostPosts).map((post) => ({ href: place.at(`/posts/${post.id}`), post }));
}

async function blogsNamed(request: AdminRequest, wanted: string): Promise<Destination[]> {
  const own = await request.blogs();
  return own
    .filter(({ blog }) => includes(`${blog.title} ${blog.host}`, wanted, request.language))
    .map(({ blog }) => ({ href: `/b/${blog.host}/posts`, label: `${blog.title} (${blog.host})`, group: "blog" as const }));
}

// Every word has to be there, whatever its case.
function includes(label: string, wanted: string, language: string): boolean {
  const text = label.toLocaleLowerCase(language);
  return wanted
    .toLocaleLowerCase(language)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function keys(request: AdminRequest) {
  const isOn = request.preference("letterKeys") !== false;
  return request.html("screens/find/keys", request.t("keys.title"), { isOn });
}
