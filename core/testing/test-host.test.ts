import test from "ava";
import { definePlugin } from "../plugin.ts";
import { createTestHost } from "./test-host.ts";

const greeter = definePlugin({
  id: "greeter",
  name: "Greeter",
  description: "Greets on every page.",
  version: "1.0.0",
  api: 1,
  capabilities: ["posts:read"],
  settings: { greeting: { type: "text", label: "Greeting", default: "Hello" } },
  hooks: {
    "page.head": (_value, { settings }) => [{ tag: "meta", attributes: { name: "greeting", content: settings.greeting } }],
    "post.published": {
      durable: true,
      run: async ({ post }, context) => context.collection("seen").put(post.id, { title: post.title }),
    },
  },
  collections: { seen: {} },
  routes: [
    {
      method: "GET",
      path: "/greet",
      on: "blog",
      access: "public",
      run: ({ context }) => ({ text: `${context.settings.greeting}, ${context.blog.title}` }),
    },
  ],
});

test("a blog is on the air: home, post, route and head of a plugin, settings, switching off", async (t) => {
  const host = await createTestHost(t, { plugins: [greeter as never] });
  const post = await host.publish({ title: "Birds", text: "Hello *birds*" });

  const home = await host.get("/");
  t.is(home.status, 200);
  t.regex(home.text, /Birds/);
  t.regex(home.text, /name="greeting" content="Hello"/);
  t.regex((await host.get(post.path)).text, /<em>birds<\/em>/);
  t.is((await host.get("/greet")).text, "Hello, Kim");

  await host.set("greeter", { greeting: "Moin" });
  t.regex((await host.get("/")).text, /content="Moin"/);

  await host.runJobs();
  t.is((await host.house.storage.query("SELECT id FROM plugin_documents")).length, 1);

  await host.house.host.disable("greeter");
  t.notRegex((await host.get("/")).text, /greeting/);
  t.is((await host.get("/greet")).status, 404);
  t.deepEqual(host.failures(), []);
});
