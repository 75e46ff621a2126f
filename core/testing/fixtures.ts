import type { Account, Draft } from "../hooks/values.ts";

/** Somebody in tests. */
export type TestPerson = { readonly username: string; readonly name: string; readonly role: Account["role"] };

/** The people of tests: kim owns the installation and the first blog, lee and ana are members. */
export const people = {
  kim: { username: "kim", name: "Kim", role: "admin" },
  lee: { username: "lee", name: "Lee", role: "member" },
  ana: { username: "ana", name: "Ana", role: "member" },
} as const satisfies Record<string, TestPerson>;

/** Blogs of the three, in three languages and zones. */
export const sampleBlogs = [
  { host: "kim.example", title: "Kim", language: "en", timeZone: "UTC", owner: "kim" },
  { host: "lee.example", title: "Lees Blog", language: "de", timeZone: "Europe/Berlin", owner: "lee" },
  { host: "ana.example", title: "مدونة آنا", language: "ar", timeZone: "Africa/Cairo", owner: "ana" },
] as const;

/** One draft of every kind that the core knows, with what tends to break things: scripts, emoji, right to left, long words. */
export const samplePosts: readonly Draft[] = [
  { content: "A note with a [link](https://lee.example/)" },
  { content: "Fünf 👩‍👩‍👧‍👦 & <b>no</b> tags ‮txet‬ مرحبا" },
  {
    title: "An article",
    content: "Long *text*",
    categories: ["Walks"],
    photos: [{ url: "https://kim.example/media/x.jpg", alt: "A bird" }],
  },
  {
    content: "An episode",
    audio: [{ url: "https://kim.example/media/x.mp3", type: "audio/mpeg", bytes: 1000, seconds: 60 }],
  },
  { content: "An answer", properties: { "in-reply-to": ["https://lee.example/post"] } },
  { kind: "page", title: "About", content: "Me" },
];
