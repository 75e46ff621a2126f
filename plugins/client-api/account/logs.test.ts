import test from "ava";
import { definePlugin } from "rookery/plugin";
import { open } from "../client-api.testing.ts";

/** Somebody else's plugin that keeps what people are told: one thing went wrong in 2001. */
const told = definePlugin({
  id: "told",
  name: "Told",
  description: "Keeps what people are told.",
  version: "1.0.0",
  api: 1,
  scope: "network",
  services: {
    "notifications.store": () => ({
      list: async () => ({
        notices: [
          { kind: "reply", text: "Lee answered you", at: "2001-01-02T00:00:00.000Z" },
          { kind: "source", text: "Your feed is gone", at: "2001-01-01T00:00:00.000Z" },
        ],
      }),
    }),
  } as never,
});

test("the log says what was published and which sources went wrong, the newest first", async (t) => {
  const { host, ask, keyOf, lee } = await open(t, { plugins: [{ plugin: told, folder: import.meta.dirname }] as never });
  const key = await keyOf(lee);
  const blog = host.blogs.find(({ ownerId }) => ownerId === lee.id)!;
  await host.publish({ text: "Kim's own" });
  const post = await host.publish({ text: "A heron" }, blog, lee);

  const all = (await ask("GET /users/logs", { key })).json() as { date: string }[];
  const errors = (await ask("GET /users/logs/errors", { key })).json();

  const gone = { date: "2001-01-01T00:00:00+00:00", message: "Your feed is gone", is_error: true };
  t.deepEqual(all, [{ date: all[0]!.date, message: `Published: ${post.url}`, is_error: false }, gone]);
  t.deepEqual(errors, [gone]);
  t.is((await ask("GET /users/logs")).status, 401);
});
