import test from "ava";
import { makeBlogWithOwner } from "../blogs/blogs.ts";
import { makePerson, morning } from "../people/testing.ts";
import { databases } from "../storage/testing.ts";
import { publish } from "./publish.ts";
import { monthsOf } from "./read.ts";
import { recountMonths } from "./recount-months.ts";
import { testScope } from "./testing.ts";

for (const dialect of databases)
  test(`${dialect}: in another time zone posts near midnight count for their new month`, async (t) => {
    const made = await testScope(t, { dialect });
    const kim = await makePerson(made.storage, "kim");
    const hub = { url: "https://hub.example" };
    const blog = await made.storage.write((db) => makeBlogWithOwner(db, { name: "kim", ownerId: kim.id }, hub, morning));
    const scope = { ...made.scope, blog };
    for (const publishedAt of ["2026-02-28T23:30:00Z", "2026-03-01T00:30:00Z", "2026-03-15T23:59:00Z", "2026-03-31T23:00:00Z"])
      await publish(scope, { content: `At ${publishedAt}`, publishedAt });
    await publish(scope, { content: "A draft", status: "draft", publishedAt: "2026-03-10T00:00:00Z" });
    const months = async () => Object.fromEntries((await monthsOf(scope)).map(({ month, count }) => [month, count]));
    t.deepEqual(await months(), { "2026-02": 1, "2026-03": 3 });

    await made.storage.write((db) => recountMonths(db, blog.id, "Asia/Tokyo"));
    t.deepEqual(await months(), { "2026-03": 3, "2026-04": 1 });
    await made.storage.write((db) => recountMonths(db, blog.id, "America/New_York"));

    t.deepEqual(await months(), { "2026-02": 2, "2026-03": 2 });
  });
