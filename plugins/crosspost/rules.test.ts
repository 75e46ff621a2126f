import test from "ava";
import { reasonAgainst, type RuleFacts } from "./rules.ts";
import { settingsIn, unchosen } from "./target-settings.ts";

const now = new Date("2026-11-24T10:00:00.000Z");
const note: RuleFacts = {
  kind: "note",
  visibility: "public",
  publishedAt: "2026-11-24T09:30:00.000Z",
  categories: [],
  properties: {},
};
const why = (facts: Partial<RuleFacts>, settings = {}) => reasonAgainst({ ...note, ...facts }, { ...unchosen, ...settings }, now);

test("what is new and for everybody goes; all else says why not", (t) => {
  t.is(why({}), null);
  t.is(why({ publishedAt: null }), null);
  t.is(why({ publishedAt: "2026-11-25T10:00:00.000Z" }), null, "scheduled posts go when they come out");
  t.is(why({ publishedAt: "2026-11-24T08:59:00.000Z" }), "dated-back");
  for (const visibility of ["private", "unlisted"]) t.is(why({ visibility }), "not-public");
  t.is(why({ kind: "reply" }), "reply");
  t.is(why({ properties: { "in-reply-to": "https://lee.example/" } }), "reply");
  t.is(why({ properties: { "like-of": "https://lee.example/" } }), "reaction");
  t.is(why({ kind: "page" }), "page");
});

test("owners choose by kind and category, or one by one", (t) => {
  t.is(why({}, { isOn: false }), "off");
  t.is(why({}, { kinds: ["article"] }), "kind");
  t.is(why({ kind: "article" }, { kinds: ["article"] }), null);
  t.is(why({ categories: ["food"] }, { categories: ["travel"] }), "category");
  t.is(why({ categories: ["food", "travel"] }, { categories: ["travel"] }), null);
});

test("a form is read as it was meant, and a template that names what is not there is refused", (t) => {
  const form = new URLSearchParams(
    "on=on&kind=note&kind=photo&kind=evil&which=some&category=travel&template=New! {title}\r\n{url}&edits=on",
  );
  t.deepEqual(settingsIn(form), {
    isOn: true,
    kinds: ["note", "photo"],
    categories: ["travel"],
    template: "New! {title}\n{url}",
    hasHashtags: false,
    edits: true,
    deletes: false,
  });
  t.deepEqual(settingsIn(new URLSearchParams({ template: "{followers}" })), { problem: "template-name" });
  t.deepEqual(settingsIn(new URLSearchParams({ template: "x".repeat(501) })), { problem: "template-long" });
});
