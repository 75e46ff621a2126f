import test from "ava";
import type { CounterName, ServiceLimits } from "../api.ts";
import { composeText, type TextChoices } from "./compose-text.ts";
import { graphemeEnds } from "./counters.ts";
import { cutToFit } from "./cut.ts";
import { measureOf } from "./limits.ts";
import { samplePost } from "./post.testing.ts";
import { randomFrom, randomText } from "./random.testing.ts";
import { plain } from "./rich-text.ts";
import { wholes } from "./urls.ts";

const counters: readonly CounterName[] = ["grapheme", "codepoint", "utf16", "weighted", "mastodon", "utf8emoji", "bytes"];
const url = "https://kim.example/2026/11/24/hello";
const times = 1_500;

function limitsFrom(random: () => number, lengths: readonly number[]): ServiceLimits {
  const text = lengths[Math.floor(random() * lengths.length)]!;
  const counter = counters[Math.floor(random() * counters.length)]!;
  return { text, counter, images: 4, ...(random() < 0.3 && { bytes: text * 3 }), ...(random() < 0.5 && { facets: true }) };
}

test("whatever is cut fits, and is cut inside nothing that belongs together", (t) => {
  for (let seed = 1; seed <= times; seed++) {
    const random = randomFrom(seed);
    const text = randomText(random);
    const measure = measureOf(limitsFrom(random, [60, 100, 200, 300, 500]));
    const made = cutToFit(plain(text), plain(url), measure).text;
    t.true(measure.fits(made), `seed ${seed}`);
    const end = made.lastIndexOf("…");
    const kept = made.slice(0, end);
    t.regex(made.slice(end), /^…(?: |\n\n)https:\/\/kim\.example\/2026\/11\/24\/hello$/);
    t.true(text.startsWith(kept), `seed ${seed}`);
    t.true(end === 0 || graphemeEnds(text).includes(end), `a grapheme is cut, seed ${seed}`);
    t.false(
      wholes(text).some((one) => one.start < end && end < one.end),
      `something is cut, seed ${seed}`,
    );
    t.true(made.isWellFormed());
  }
});

test("what is composed fits every service, the same each time, and stays as it is when it is composed again", (t) => {
  const templates = ["", "", "{title}: {excerpt} {url}", "{text}", "New! {title}\n\n{text} {first_link}"];
  for (let seed = 1; seed <= times; seed++) {
    const random = randomFrom(seed);
    const limits = limitsFrom(random, [0, 10, 40, 140, 280, 300, 500, 5000]);
    const post = samplePost({ text: randomText(random), title: random() < 0.3 ? randomText(random) : "" });
    const template = templates[Math.floor(random() * templates.length)]!;
    const choices: TextChoices = { template, hasHashtags: random() < 0.3 };
    const made = composeText(post, limits, choices);
    t.true(measureOf(limits).fits(made.text), `seed ${seed}: ${JSON.stringify(made.text)}`);
    t.deepEqual(composeText(post, limits, choices), made);
    for (const { start, end } of made.facets) t.true(start < end && end <= made.text.length, `seed ${seed}`);
    const again = composeText(post, limits, { ownText: made.text });
    t.is(again.text, made.text.trim() === "" ? again.text : made.text.trim(), `seed ${seed}`);
  }
});

test("a text of a megabyte is cut in no time to speak of", (t) => {
  const measure = measureOf({ text: 300, counter: "grapheme" });
  for (const text of ["a".repeat(1_000_000), "a b ".repeat(250_000), `e${"\u0301".repeat(999_999)}`])
    t.true(measure.fits(cutToFit(plain(text), plain(url), measure).text));
});
