import test from "ava";
import { PublicError } from "../errors.ts";
import { createTestHost } from "../testing/test-host.ts";
import { noSiteReply } from "./no-site.ts";
import { problemPage, troublePage } from "./problem-page.ts";
import { addWebLanguage, errorText, webLanguage, webText, webTexts } from "./web-texts.ts";

const turned = Object.fromEntries(Object.entries(webTexts("en")).map(([key, text]) => [key, `«${text}»`]));
addWebLanguage("ar-XB", turned);

test("a plain page is said in the language a browser asks for, with its direction", async (t) => {
  const host = await createTestHost(t);

  const answer = await host.request("GET", "/nothing", undefined, {
    host: "hub.example",
    headers: { "accept-language": "tlh, ar-XB;q=0.8, en;q=0.5" },
  });

  t.is(answer.status, 404);
  t.regex(answer.text, /<html lang="ar-XB" dir="rtl">/);
  t.regex(answer.text, /<h1>«Not found»<\/h1><p>«There is no such page here\.»/);
  t.regex((await host.request("GET", "/nothing", undefined, { host: "hub.example" })).text, /<html lang="en" dir="ltr">/);
});

for (const why of ["suspended", "deleted", null] as const)
  test(`a host without a blog (${why}) says so in the reader's language`, (t) => {
    const page = noSiteReply({ acceptLanguage: "ar-XB" }, "kim.example", "https://hub.example", why);

    t.regex(page.html!, /<h1>«.+»<\/h1><p>«.*kim\.example.*»/);
    t.is(page.status, why === null ? 404 : 410);
  });

test("trouble of ours is told in the reader's language too, with its name in the log", (t) => {
  t.regex(troublePage({ acceptLanguage: "ar-XB" }, 500, "abc-1").html!, /«.*abc-1.*»/);
  t.is(troublePage({}, 503, "abc-1").headers?.["retry-after"], "5");
});

test("what was chosen in the account comes before the browser; values keep to the language; what is not known is English", (t) => {
  t.is(webLanguage({ language: "ar-XB", acceptLanguage: "en" }), "ar-XB");
  t.is(webLanguage({ acceptLanguage: "xx" }), "en");
  const tooMany = new PublicError("request.too-many", "Wait 1 second.", 429, { wait: 1 });
  t.is(errorText("ar-XB", tooMany), "«Too many requests; try again in a second.»");
  t.is(problemPage({}, tooMany).headers?.["retry-after"], "1");
  t.is(errorText("ar-XB", new PublicError("stranger.key", "A sentence.", 422)), "A sentence.");
  t.throws(() => webText("en", "nowhere"));
});
