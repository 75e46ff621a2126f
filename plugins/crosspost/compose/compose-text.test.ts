import test from "ava";
import type { Category, Photo } from "rookery/plugin";
import type { ServiceLimits } from "../api.ts";
import { composeText } from "./compose-text.ts";
import { chosenPictures } from "./pictures.ts";
import { contentOf } from "./from-html.ts";
import { samplePost } from "./post.testing.ts";

const url = "https://kim.example/2026/11/24/hello";
const mastodon: ServiceLimits = { text: 100, counter: "mastodon", images: 4, warnings: true };
const bluesky: ServiceLimits = { text: 100, counter: "grapheme", images: 4, facets: true, card: true };
const x: ServiceLimits = { text: 100, counter: "weighted", images: 4 };
const said = (own: Parameters<typeof samplePost>[0], limits = mastodon, choices = {}) =>
  composeText(samplePost(own), limits, choices).text;

test("a note that fits goes as it is, without a link back", (t) => {
  t.like(composeText(samplePost({ text: "Hello *there*" }), mastodon), {
    text: "Hello *there*",
    facets: [],
    isTruncated: false,
    isLinked: false,
  });
});

test("a note that is too long ends between words, with a link; at the end of a sentence where that keeps enough", (t) => {
  t.is(said({ text: "nest ".repeat(40) }), `${"nest ".repeat(15).trim()}… ${url}`);
  t.is(
    said({ text: `${"A nest is made. ".repeat(4)}It is a very long story that goes on.` }),
    `${"A nest is made. ".repeat(4).trim().slice(0, -1)}… ${url}`,
  );
  t.is(said({ text: `One.\n${"nest ".repeat(40)}` }), `One.\n${"nest ".repeat(14).trim()}…\n\n${url}`);
  t.like(composeText(samplePost({ text: "nest ".repeat(40) }), bluesky), { isTruncated: true, isLinked: true });
  t.is(said({ text: "日本語".repeat(40) }).split("…")[0]!.length, 75);
});

test("a title goes with its link, whatever the length of the text", (t) => {
  t.is(said({ title: "How nests are made", text: "Short" }), `How nests are made ${url}`);
  t.is(said({ title: "nest ".repeat(30), text: "" }), `${"nest ".repeat(15).trim()}… ${url}`);
});

test("where words cannot be links the first link is added, once; elsewhere they are", (t) => {
  const html = '<p>See <a href="https://lee.example/a">lee</a> and <a href="https://ana.example/">ana</a></p>';
  t.is(said({ html }), "See lee and ana https://lee.example/a");
  t.is(said({ html: '<p>See <a href="https://lee.example/a">https://lee.example/a</a></p>' }), "See https://lee.example/a");
  t.is(said({ html: "<p>Read</p>", properties: { "bookmark-of": "https://lee.example/b" } }), "Read https://lee.example/b");
  t.deepEqual(composeText(samplePost({ html }), bluesky).facets, [
    { start: 4, end: 7, url: "https://lee.example/a" },
    { start: 12, end: 15, url: "https://ana.example/" },
  ]);
  t.deepEqual(composeText(samplePost({ text: "At https://lee.example/a." }), bluesky).facets, [
    { start: 3, end: 24, url: "https://lee.example/a" },
  ]);
});

test("an address that the text shows is not added again, however the link spells it", (t) => {
  const link = (href: string, words: string) => `<p>See <a href="${href}">${words}</a></p>`;
  t.is(said({ html: link("https://lee.example/", "https://lee.example") }), "See https://lee.example");
  t.is(
    said({ html: link("https://xn--mnchen-3ya.example/stra%C3%9Fe", "https://münchen.example/straße") }),
    "See https://münchen.example/straße",
  );
  t.is(said({ html: link("https://lee.example/b", "https://lee.example/a") }), "See https://lee.example/a https://lee.example/b");
});

test("nobody is called by accident: a bare name is parted from its sign where it would notify", (t) => {
  const text = "Ask @kim, @lee@social.example or ana@ana.example";
  t.is(said({ text }), "Ask @\u2060kim, @lee@social.example or ana@ana.example");
  t.is(said({ text }, x), "Ask @\u2060kim, @\u2060lee@social.example or ana@ana.example");
  t.is(said({ text }, bluesky), text);
  t.is(said({ title: "Ask @kim" }), `Ask @\u2060kim ${url}`);
  t.is(said({ text }, mastodon, { ownText: "Ask @kim" }), "Ask @kim");
});

test("people of this installation are called by their blog's name where that calls people, and are words elsewhere", (t) => {
  const people = new Map([["kim", "kim.example"]]);
  const text = "Ask @Kim, @lee and @kim@social.example";
  t.is(said({ text }, mastodon, { people }), "Ask @Kim@kim.example, @\u2060lee and @kim@social.example");
  t.is(said({ text }, bluesky, { people }), "Ask Kim, @lee and @kim@social.example");
  t.is(said({ text }, x, { people }), "Ask Kim, @\u2060lee and @\u2060kim@social.example");
});

test("what does not come along is a link away: photos too many, sound, nothing to say", (t) => {
  const photo = (n: number): Photo => ({ url: `/media/${n}.jpg`, alt: "" });
  const photos = [1, 2, 3, 4, 5].map(photo);
  t.is(said({ text: "Nests", photos }), `Nests ${url}`);
  t.is(said({ text: "Nests", photos: photos.slice(1) }), "Nests");
  t.is(said({ text: "", photos: photos.slice(1) }), "");
  t.is(said({ text: "" }), url);
  t.is(said({ text: "Listen", audio: [{ url: "/media/a.mp3", type: "audio/mpeg", bytes: 1 }] }), `Listen ${url}`);
});

test("an owner's template says what goes where; the text gives way first", (t) => {
  const post = { title: "Nests", html: '<p>How <a href="https://lee.example/">lee</a> does it</p>', summary: "In short" };
  t.is(
    said(post, mastodon, { template: "{title}: {excerpt}\n\n{text}\n{first_link} {url}" }),
    `Nests: In short\n\nHow lee does it\nhttps://lee.example/ ${url}`,
  );
  t.is(said({ text: "Hi" }, mastodon, { template: "{title} {text} {first_link} ({url})" }), `Hi (${url})`);
  t.is(said({ text: "nest ".repeat(40) }, mastodon, { template: "New! {text}" }), `New! ${"nest ".repeat(14).trim()}… ${url}`);
  t.is(said({ title: "T".repeat(99), text: "nest" }, mastodon, { template: "{title} {text}" }), `${"T".repeat(75)}… ${url}`);
});

test("a text of one's own names the post by {url}, because its address is not known yet while it is written", (t) => {
  t.is(said({ text: "Hi" }, mastodon, { ownText: "Look: {url}, do" }), `Look: ${url}, do`);
  t.is(said({ text: "Hi" }, mastodon, { ownText: "{title} stays" }), "{title} stays");
});

test("categories become hashtags only when the owner wants it, and only those that fit", (t) => {
  const category = (name: string): Category => ({ id: name, name, slug: name, description: "" });
  const categories = ["Bird watching", "2026", "Très-bien", "n".repeat(90)].map(category);
  t.is(said({ text: "Hi", categories }), "Hi");
  t.is(said({ text: "Hi", categories }, mastodon, { hasHashtags: true }), "Hi\n\n#BirdWatching #TrèsBien");
  const { text, hashtags } = composeText(samplePost({ text: "Hi 🪺", categories }), bluesky, { hasHashtags: true });
  t.deepEqual(
    hashtags.map(({ start, end, tag }) => [text.slice(start, end), tag]),
    [
      ["#BirdWatching", "BirdWatching"],
      ["#TrèsBien", "TrèsBien"],
    ],
  );
});

test("a warning takes its part of the room", (t) => {
  const text = "n".repeat(90);
  t.is(said({ text }), text);
  t.true(said({ text, properties: { "content-warning": "w".repeat(20) } }).endsWith(`… ${url}`));
  const post = { text, title: "Nests", properties: { "content-warning": "Injured birds" } };
  t.is(said(post, bluesky), `Injured birds ${url}`, "where nothing is hidden behind a warning, it stays on the blog");
  t.is(said(post, bluesky, { template: "{text}" }), `Injured birds ${url}`);
  t.is(said(post, bluesky, { ownText: "Mine" }), "Mine");
});

test("icons and tracking pixels are no pictures; photos come first, each once", (t) => {
  const html =
    '<img src="/media/icon.png" width="64" height="64" alt=""><img src="/media/dot.png" width="1" alt=""><img src="/media/2.jpg" alt="two"><img src="/media/wide.jpg" width="1200" height="100" alt="">';
  const post = samplePost({
    html,
    photos: [
      { url: "/media/1.jpg", alt: "one", width: 90, height: 90 },
      { url: "/media/2.jpg", alt: "Two" },
    ],
  });
  t.deepEqual(
    chosenPictures(post, contentOf(post.html, post.url)).map(({ url: address, alt }) => [address.slice(20), alt]),
    [
      ["/media/1.jpg", "one"],
      ["/media/2.jpg", "Two"],
      ["/media/wide.jpg", ""],
    ].map(([address, alt]) => [address!.slice(1), alt]),
  );
});
