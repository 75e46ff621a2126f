import type { Category, Photo, Post, Properties } from "../../hooks/values.ts";
import { markdownToHtml } from "../../net/markdown.ts";
import { pathFor, slugify } from "../../posts/permalink.ts";

type Home = { readonly blogId: string; readonly authorId: string; readonly url: string };

/** Categories of the sample blog; one has a name that must be escaped. */
export const sampleCategories: readonly Category[] = [
  { id: "c1", name: "Birds", slug: "birds", description: "What was seen from the window" },
  { id: "c2", name: "Garden & <Home>", slug: "garden-home", description: "" },
  { id: "c3", name: "日本語", slug: "日本語", description: "" },
];

/** What a sample post says; everything else about it is made. */
type Words = {
  readonly kind: string;
  readonly title?: string;
  readonly text?: string;
  readonly html?: string;
  readonly summary?: string;
  readonly language?: string;
  readonly properties?: Properties;
  readonly photos?: number;
  readonly isUndescribed?: boolean;
  readonly hasAudio?: boolean;
  readonly categories?: readonly number[];
};

const paragraph =
  "The path along the pond was wet, and the *herons* stood where they always stand: in the shallow end, with [one eye](https://lee.example/herons) on the frogs. ";

const essay = `${paragraph.repeat(4)}

## What was seen

${paragraph.repeat(16)}

> A bird does not sing because it has an answer.

1. One heron
2. Two coots
   - and their young

### And what was not

${paragraph.repeat(3)}

![A heron in the shallow end](/media/heron.jpg)

---

${paragraph}`;

const codeAndTable = `A table and some code:

| Bird | Seen | Where |
| --- | ---: | --- |
| Heron | 12 | pond |
| Coot | 3 | \`north\` |

\`\`\`js
const veryLongLineThatNeverEnds = "${"x".repeat(200)}";
for (const bird of birds) console.log(bird.name);
\`\`\`

Use \`<b>\` & go on.`;

/** Posts that are hard on a theme, by what is hard about them. */
const hard: Readonly<Record<string, Words>> = {
  "a very long title": {
    kind: "article",
    title: `${"Antidisestablishmentarianism ".repeat(8)}${"x".repeat(300)}`,
    text: paragraph,
  },
  "code and a table": { kind: "article", title: "Code & <tables>", text: codeAndTable, categories: [1] },
  "twelve photos": { kind: "photo", text: "A dozen.", photos: 12 },
  "photos nobody described": { kind: "photo", photos: 2, isUndescribed: true },
  "right to left": { kind: "note", text: "שלום עולם, this is `code` in the middle. مرحبا", language: "he" },
  "letters of every kind": {
    kind: "note",
    text: "Ünïcödé 👩‍👩‍👧‍👦 ñ 日本語 \u200Fעברית\u200E Ɐ ﷽ e\u0301 — “quotes” & <b>not a tag</b>",
  },
  "no title and no text": { kind: "photo", photos: 1 },
  "one word without end": { kind: "note", text: "h".repeat(400) },
};

/** One post of every kind, in the order in which the kinds come again and again. */
const kinds: Readonly<Record<string, Words>> = {
  note: { kind: "note", text: "Frogs again. 🐸", categories: [0] },
  article: { kind: "article", title: "Herons, and how to wait", text: essay, summary: "About waiting", categories: [0, 1] },
  photo: { kind: "photo", text: "This morning.", photos: 1, categories: [0] },
  "photo of four": { kind: "photo", text: "Four of them.", photos: 4 },
  audio: { kind: "audio", title: "Dawn chorus", text: "Seven minutes.", hasAudio: true },
  video: {
    kind: "video",
    text: "Look.",
    properties: { video: [{ url: "/media/pond.mp4", type: "video/mp4", bytes: 1000, seconds: 12, title: "The pond" }] },
  },
  reply: { kind: "reply", text: "Yes, and the coots too.", properties: { "in-reply-to": ["https://lee.example/2026/coots"] } },
  bookmark: {
    kind: "bookmark",
    text: "Worth reading.",
    properties: {
      "bookmark-of": [{ type: ["h-cite"], properties: { url: ["https://ana.example/ponds"], name: ["Ponds & <streams>"] } }],
    },
  },
  like: { kind: "like", properties: { "like-of": ["https://ana.example/frogs"] } },
  repost: { kind: "repost", properties: { "repost-of": ["https://ana.example/toads"] } },
  checkin: {
    kind: "checkin",
    text: "Here.",
    properties: {
      checkin: [
        {
          type: ["h-card"],
          properties: {
            name: ["The pond & <weir>"],
            url: ["https://pond.example/"],
            locality: ["Ulm"],
            latitude: [48.4],
            longitude: [9.99],
          },
        },
      ],
      location: { name: "The pond", latitude: 48.4, longitude: 9.99 },
      category: [{ type: ["h-card"], properties: { name: ["Lee"], url: ["https://lee.example/"] } }],
    },
  },
  "syndicated note": {
    kind: "note",
    text: "Also elsewhere.",
    properties: { syndication: ["https://social.example/@kim/1"], edited: true },
    categories: [2],
  },
  rsvp: {
    kind: "rsvp",
    text: "With cake.",
    properties: { rsvp: ["yes"], "in-reply-to": ["https://ana.example/pond-party"] },
  },
  event: {
    kind: "event",
    title: "Counting the herons",
    text: "Bring a coat.",
    properties: { start: ["2026-06-01T19:00"], end: ["2026-06-01T21:00:00+02:00"], location: ["The pond"] },
  },
};

const perKind = Object.entries(kinds);
const perHard = Object.entries(hard);

/** Names of the posts, so that a page about one of them can be asked for. */
export const samplePostNames: readonly string[] = [...perKind, ...perHard].map(([name]) => name);

/** 45 posts, the newest first: each kind several times, the hard ones among them. */
export function samplePosts(home: Home): Post[] {
  return Array.from({ length: 45 }, (_, at) => {
    // The first of each kind, then the hard ones, then the kinds again: the first pages show all there is.
    const named = at < samplePostNames.length ? [...perKind, ...perHard][at]! : perKind[at % perKind.length]!;
    return postFrom(named[1], at, home);
  });
}

/** The post of a name among the sample posts. */
export function samplePost(posts: readonly Post[], name: string): Post {
  return posts[samplePostNames.indexOf(name)]!;
}

/** A page of the sample blog. */
export function samplePage(home: Home): Post {
  const page = postFrom({ kind: "page", title: "About", text: `${paragraph}\n\n## Contact\n\n${paragraph}` }, 0, home);
  return { ...page, id: "about", slug: "about", path: "/about", url: `${home.url}about` };
}

function postFrom(words: Words, at: number, home: Home): Post {
  // A few posts each day, over several months.
  const published = new Date(Date.UTC(2026, 4, 19, 18) - at * (at < 12 ? 5 : 70) * 3_600_000);
  const slug = `${at + 1}-${slugify(words.title ?? words.kind).slice(0, 40)}`;
  const path = pathFor(words.kind, slug, published, "UTC");
  const moment = published.toISOString();
  return {
    id: `sample-${at + 1}`,
    number: at + 1,
    blogId: home.blogId,
    authorId: home.authorId,
    kind: words.kind,
    status: "published",
    visibility: "public",
    isListed: true,
    format: "markdown",
    version: 1,
    slug,
    path,
    url: home.url + path.slice(1),
    title: words.title ?? "",
    summary: words.summary ?? "",
    source: words.text ?? "",
    html: words.text === undefined ? "" : markdownToHtml(words.text, "own"),
    language: words.language ?? "",
    properties: { ...words.properties, ...(at === 0 && { pinned: true }) },
    photos: Array.from({ length: words.photos ?? 0 }, (_photo, n) => photoAt(n, words.isUndescribed === true)),
    audio: words.hasAudio ? [{ url: "/media/dawn.mp3", type: "audio/mpeg", bytes: 4_000_000, seconds: 420, title: "Dawn" }] : [],
    categories: (words.categories ?? []).map((index) => sampleCategories[index]!),
    publishedAt: moment,
    createdAt: moment,
    updatedAt: moment,
  };
}

// Wide, tall and square ones.
function photoAt(at: number, isUndescribed: boolean): Photo {
  const [width, height] = [
    [1600, 1200],
    [1200, 1600],
    [1200, 1200],
    [2000, 900],
  ][at % 4]!;
  return {
    url: `/media/photo-${at + 1}.jpg`,
    alt: isUndescribed ? "" : `Heron number ${at + 1}`,
    width: width!,
    height: height!,
  };
}
