import test from "ava";
import type { TemplateFolder } from "../themes/theme.ts";
import { Dates } from "./dates.ts";
import { directionOf } from "../../languages.ts";
import { Texts } from "./texts.ts";

const folder = (texts: Record<string, Record<string, string>>) =>
  ({ texts: (language: string) => texts[language] ?? null }) as unknown as TemplateFolder;
const own = folder({ de: { older: "Ältere" }, en: { older: "Older", replies: "{count} replies", "replies.one": "One reply" } });
const base = folder({ de: { newer: "Neuere" }, en: { newer: "Newer" } });

test("a word comes from the blog's language, else from English, the theme before its parents", (t) => {
  const german = new Texts([own, base], "de-AT");
  t.is(german.get("older"), "Ältere");
  t.is(german.get("newer"), "Neuere");
  t.is(new Texts([own, base], "fr").get("older"), "Older");
  t.is(german.get("no-such-word"), "no-such-word");
});

test("a count picks its form, and values fill the braces", (t) => {
  const texts = new Texts([own], "en");
  t.is(texts.get("replies", { count: 1 }), "One reply");
  t.is(texts.get("replies", { count: 3 }), "3 replies");
  t.is(texts.get("replies", { constructor: 3 }), "{count} replies");
});

test("a blog's language that nobody knows does not cost the page", (t) => {
  t.is(new Texts([own], "not a language!").get("older"), "Older");
  t.is(new Dates("not a language!", "UTC", "iso").format(new Date("2026-11-24T23:30:00Z")), "2026-11-24");
});

test("days follow the blog's zone", (t) => {
  const moment = new Date("2026-11-24T23:30:00Z");
  t.is(new Dates("en", "Europe/Berlin", "long").format(moment), "November 25, 2026");
  t.is(new Dates("de", "America/New_York", "long").format(moment), "24. November 2026");
  t.is(new Dates("en", "Europe/Berlin", "iso").format(moment), "2026-11-25");
  t.is(new Dates("en", "UTC", "iso").period("2026-11"), "November 2026");
});

test("Arabic and Hebrew run from right to left", (t) => {
  t.deepEqual(["ar", "he-IL", "fa", "en", "de-AT"].map(directionOf), ["rtl", "rtl", "rtl", "ltr", "ltr"]);
});
