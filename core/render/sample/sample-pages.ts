import type { Field } from "../../hooks/fields.ts";
import type { Json, Post, Properties } from "../../hooks/values.ts";
import { templatesOf, type PageContent } from "../content.ts";
import type { Theme } from "../themes/theme.ts";
import { sampleBlog, sampleConversation, type SampleBlog, type SampleWish } from "./sample-blog.ts";
import { samplePage, samplePost, samplePostNames } from "./sample-posts.ts";

/** One page of a sample blog; `name` says what it shows. */
export type SamplePage = { readonly name: string; readonly blog: SampleBlog; readonly content: PageContent };

/** Every page that a theme must be able to draw: all types, all hard posts, right to left, and each option of its settings. */
export function samplePages(chain: readonly Theme[], wish: SampleWish = {}): SamplePage[] {
  const theme = chain[0]?.id ?? "base";
  const usual = sampleBlog({ ...wish, theme });
  const empty = sampleBlog({ ...wish, theme, isEmpty: true });
  const arabic = sampleBlog({ ...wish, theme, language: "ar" });
  return [
    ...pagesOf(usual, chain),
    { name: "home of an empty blog", blog: empty, content: home([]) },
    { name: "archive of an empty blog", blog: empty, content: archive },
    { name: "home, right to left", blog: arabic, content: home(arabic.posts.slice(0, 20)) },
    { name: "an article, right to left", blog: arabic, content: single(arabic, samplePost(arabic.posts, "article")) },
    ...settingVariants(chain).flatMap((values, at) => {
      const design = { ...coreVariant(at), themes: { [theme]: values } };
      const blog = sampleBlog({ ...wish, theme, settings: { design, icon: "/media/icon.png", cover: "/media/cover.jpg" } });
      return [
        { name: `home with choices ${at + 1}`, blog, content: home(blog.posts.slice(0, 20), "?after=x&page=2") },
        { name: `an article with choices ${at + 1}`, blog, content: single(blog, samplePost(blog.posts, "article")) },
      ];
    }),
  ];
}

function pagesOf(blog: SampleBlog, chain: readonly Theme[]): SamplePage[] {
  const { posts } = blog;
  const page = (name: string, content: PageContent) => ({ name, blog, content });
  const about = samplePage({ blogId: blog.blog.id, authorId: blog.blog.ownerId, url: blog.blog.url });
  const chosen = chain.flatMap(({ manifest }) => manifest.pageTemplates);
  const inCategory = posts.filter(({ categories }) => categories.some(({ slug }) => slug === "birds"));
  return [
    page("home", home(posts.slice(0, 20), "?after=x&page=2")),
    page("home, last page", {
      ...home(posts.slice(40)),
      list: { posts: posts.slice(40), number: 3, newer: "?before=x&page=2", older: null },
    }),
    ...samplePostNames.map((name) => page(name, single(blog, samplePost(posts, name)))),
    page("a page", single(blog, about)),
    ...chosen.map(({ id }) => page(`a page as ${id}`, single(blog, { ...about, properties: { template: id } }))),
    page("a category", { ...listOf("category", inCategory.slice(0, 20)), ...aboutBirds(blog) }),
    page("a month", {
      ...listOf("date", posts.slice(0, 12)),
      templates: ["date", "archive", "index"],
      period: "2026-05",
      path: "/2026/05",
    }),
    page("a year", {
      ...listOf("date", posts.slice(0, 20)),
      templates: ["date", "archive", "index"],
      period: "2026",
      path: "/2026",
    }),
    page("all posts", archive),
    page("posts of an author", { ...listOf("author", posts.slice(0, 20)), ...byAuthor(blog) }),
    ...kindLists.map(([list, kind]) =>
      page(`all ${list}`, { ...ofKind(posts, kind), path: `/${list}`, templates: [list, "archive", "index"], kindList: list }),
    ),
    page("nothing there", { ...error, templates: ["error-404", "error"], status: 404 }),
    page("an error", { ...error, templates: ["error-500", "error"], status: 500 }),
    page("a plugin's page", {
      ...plain("plugin", "/guestbook"),
      templates: ["plugin"],
      title: "Guest book",
      view: { pluginId: "guestbook", template: "book" },
    }),
  ];
}

const kindLists = [
  ["photos", "photo"],
  ["replies", "reply"],
  ["bookmarks", "bookmark"],
] as const;

const ofKind = (posts: readonly Post[], kind: string) =>
  listOf(
    "archive",
    posts.filter((post) => post.kind === kind),
  );

function byAuthor({ facts }: SampleBlog): Pick<PageContent, "path" | "title" | "templates" | "author"> {
  const author = [...facts.authors.values()][0]!;
  return {
    path: `/authors/${author.username}`,
    title: author.name,
    templates: [`author-${author.username}`, "author", "archive", "index"],
    author,
  };
}

const plain = (type: PageContent["type"], path: string) => ({
  type,
  path,
  status: 200,
  title: "",
  isIndexed: true,
  templates: ["index"],
});
const archive: PageContent = { ...plain("archive", "/archive"), templates: ["archive-all", "archive", "index"] };
const error: PageContent = { ...plain("error", "/"), isIndexed: false };

function listOf(type: PageContent["type"], posts: readonly Post[], older: string | null = null): PageContent {
  return { ...plain(type, "/"), list: { posts, number: 1, newer: null, older } };
}

function home(posts: readonly Post[], older: string | null = null): PageContent {
  return { ...listOf("home", posts, older), templates: ["home", "index"] };
}

function aboutBirds({ facts }: SampleBlog): Partial<PageContent> {
  const category = facts.categories[0]!;
  return {
    path: `/categories/${category.slug}`,
    title: category.name,
    category,
    templates: [`category-${category.slug}`, "category", "archive", "index"],
  };
}

function single(blog: SampleBlog, post: Post): PageContent {
  const at = blog.posts.indexOf(post);
  return {
    ...plain(post.kind === "page" ? "page" : "post", post.path),
    templates: templatesOf(post),
    title: post.title,
    post,
    // One post with many answers is enough; the others have none, which is a case too.
    conversation: post.kind === "article" && at >= 0 ? sampleConversation(post) : [],
    neighbours: { newer: blog.posts[at - 1] ?? null, older: at < 0 ? null : (blog.posts[at + 1] ?? null) },
  };
}

// The first choice of every setting at once, then the second of each, until every option was taken.
function settingVariants(chain: readonly Theme[]): Properties[] {
  const fields = Object.entries(
    Object.assign({}, ...chain.toReversed().map(({ manifest }) => manifest.settings)) as Record<string, Field>,
  );
  const choices = fields.map(([key, field]) => [key, choicesOf(field)] as const);
  const most = Math.min(12, Math.max(2, ...choices.map(([, options]) => options.length)));
  return Array.from({ length: most }, (_, at) =>
    Object.fromEntries(choices.flatMap(([key, options]) => (options.length > 0 ? [[key, options[at % options.length]!]] : []))),
  );
}

function choicesOf(field: Field): Json[] {
  if (field.options) return field.options.map((option) => (typeof option === "string" ? option : option.value));
  switch (field.type) {
    case "boolean":
      return [true, false];
    case "number":
    case "range":
      return [field.min ?? 0, field.max ?? 100];
    case "color":
      return ["#123456", "#fedcba"];
    case "image":
      return ["/media/cover.jpg", ""];
    case "category":
      return ["birds", ""];
    case "url":
      return ["https://lee.example/", ""];
    case "text":
    case "textarea":
    case "markdown":
      return ["Words & <more> *words*", ""];
    default:
      return [];
  }
}

function coreVariant(at: number): Properties {
  const schemes = ["auto", "light", "dark"];
  const dates = ["long", "medium", "short", "iso"];
  return {
    colorScheme: schemes[at % schemes.length]!,
    dateFormat: dates[at % dates.length]!,
    showAuthor: at % 2 === 0,
    footerText: at % 2 === 0 ? "Made with *care* & tea" : "",
    accent: at % 2 === 0 ? "#0b5cad" : "",
  };
}
