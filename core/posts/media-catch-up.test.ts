import test from "ava";
import sharp from "sharp";
import { enqueue } from "../jobs/enqueue.ts";
import { libraryFile } from "../media/find-files.ts";
import { storeMedia } from "../media/library.ts";
import { usesOf } from "../media/uses.ts";
import { databases, testDatabase } from "../storage/testing.ts";
import { createTestHost } from "../testing/test-host.ts";
import { catchUpJob } from "./media-catch-up.ts";

for (const dialect of databases)
  test(`${dialect}: pictures and posts of an older version are brought up to date by one job`, async (t) => {
    const host = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect) });
    const scope = host.scope();
    const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: "teal" } })
      .jpeg()
      .toBuffer();
    const { id, url } = await storeMedia(scope, host.house.media, { bytes, name: "bird.jpg" });
    const post = await host.publish({ text: "Seen", photos: [{ url, alt: "" }] });
    await host.runJobs();
    await host.house.storage.write(async (db) => {
      await db.run("UPDATE media SET variants = '{}'");
      await db.run("DELETE FROM media_uses");
      await enqueue(db, {
        pluginId: "core",
        name: catchUpJob,
        blogId: null,
        data: { step: "files", after: "" },
        runAt: host.clock.now(),
      });
    });

    await host.runJobs();

    t.true((await libraryFile(scope, id))!.variants!.length > 0);
    t.deepEqual(await usesOf(scope, id), [post.id]);
  });
