import test from "ava";
import { databases } from "../storage/testing.ts";
import { daysWithPosts } from "./days.ts";
import { publish } from "./publish.ts";
import { testScope } from "./testing.ts";

for (const dialect of databases)
  test(`the days of a month with listed posts, by the blog's zone (${dialect})`, async (t) => {
    const { scope } = await testScope(t, { dialect, timeZone: "America/New_York" });
    // Still the last of March in New York, and a day of the clock change in Europe only.
    for (const publishedAt of ["2026-04-01T03:59:59.000Z", "2026-03-29T12:00:00.000Z", "2026-03-29T13:00:00.000Z"])
      t.true((await publish(scope, { content: "x", publishedAt })).ok);
    await publish(scope, { content: "x", publishedAt: "2026-03-10T12:00:00.000Z", visibility: "private" });

    t.deepEqual([...(await daysWithPosts(scope, "2026-03"))], ["2026-03-29", "2026-03-31"]);
    t.deepEqual([...(await daysWithPosts(scope, "2026-02"))], []);
  });
