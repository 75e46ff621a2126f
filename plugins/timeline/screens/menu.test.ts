import test from "ava";
import { definePlugin } from "rookery/plugin";
import "../api.ts";
import timeline from "../plugin.ts";
import { open } from "../timeline.testing.ts";

// What replies, moderation and Discover are together, by their shapes.
const others = definePlugin({
  id: "others",
  name: "Others",
  description: "Fills menus.",
  version: "1.0.0",
  api: 1,
  scope: "network",
  requires: { plugins: { timeline: "^1" } },
  services: {
    ["bookmarks.store" as never]: () => ({}),
    ["discover.shelves" as never]: () => ({ picks: async () => ({ entries: [{ number: 1 }, { number: 404 }] }) }),
  },
  hooks: {
    "timeline.actions": ({ item, accountId, role, language }) => [
      { id: "reply", label: "Answer", href: `/answer/${item.number}` },
      { id: "report", label: `Report ${role ?? "as a visitor"} ${language}`, href: "https://far.example/report", order: 99 },
      { id: "bad", label: "Bad", href: "javascript:alert(1)" },
      { id: "worse", label: "Worse", href: "//evil.example" },
      ...(accountId ? [{ id: "<b>", label: "<i>Own</i>", href: "/own", order: 1 }] : []),
    ],
    "timeline.reply": ({ number }) =>
      number === 1
        ? { action: "/answer/1", field: "words", draft: "So <far>", note: "Be kind." }
        : { action: "//x", field: "a", draft: "" },
  },
});

test("menus, the box to reply and whom to begin with are what plugins say, without what is not safe", async (t) => {
  const folder = `${import.meta.dirname}/..`;
  const { host, lee, say } = await open(t, { dashboard: true, plugins: [{ plugin: timeline, folder }, others] as never });
  await say(lee, "Reeds");
  const second = await say(lee, "Rushes");
  await host.runJobs();
  const visitor = await host.as("kim");
  const { text: page } = await visitor.get("/people/lee");
  t.regex(page, /<a href="\/answer\/1" aria-label="Answer: Lee">Answer<\/a>/, "a reply stands beside the menu");
  t.regex(page, /&lt;i&gt;Own[\s\S]*Mute Lee[\s\S]*Block Lee[\s\S]*Report admin en/, "in their order");
  t.regex(page, /href="\/bookmarks\/new\?url=http[^"]+">/, "it can be kept");
  const own = (await (await host.as("lee")).get("/people/lee")).text;
  t.regex(own, /href="\/b\/[a-z.]+\/posts\/[0-9A-Z]{26}\/edit"><bdi>Edit/);
  t.notRegex(own, /Mute Lee/);
  t.notRegex(page, /javascript:|evil\.example|>Bad<|>Worse</);

  const { text: talk } = await visitor.get("/c/1");
  t.regex(talk, /action="\/answer\/1"[\s\S]*name="csrf"[\s\S]*Reply to Lee[\s\S]*So &lt;far&gt;[\s\S]*Be kind\./);
  t.notRegex((await visitor.get(`/c/${second.number}`)).text, /id="reply"/, "a form that leads away is none");
  const stranger = (await host.request({ path: "/c/1", host: "hub.example" })).text;
  t.regex(stranger, /Report as a visitor en[\s\S]*href="\/signin\?next=%2Fc%2F1">Sign in to reply/);
  t.notRegex(stranger, /id="reply"|&lt;i&gt;Own|Mute Lee|bookmarks|edit"/);

  const { text: start } = await visitor.get("/");
  t.regex(start, /href="\/discover">Discover[\s\S]*People to begin with[\s\S]*href="\/people\/lee"[\s\S]*Follow/);
  await host.person("mo");
  const { text: reading } = await (await host.as("mo")).get("/");
  t.regex(reading, /You follow no one yet[\s\S]*href="\/people\/lee"/, "who has no blog reads all the same");
  t.notRegex(reading, /<textarea/);
  t.deepEqual(host.failures(), []);
});
