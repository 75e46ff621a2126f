import test from "ava";
import { open } from "./timeline.testing.ts";

test("an archive has whom one follows, also for feed readers, what one mutes, how far one read, and nothing of others", async (t) => {
  const { host, store, kim, lee, follow } = await open(t);
  await follow(kim.id, "lee");
  await follow(kim.id, "ana.example");
  await follow(lee.id, "kim");
  await store.mute(kim.id, { kind: "word", value: "herons" });
  await store.mute(lee.id, { kind: "word", value: "reeds" });
  await store.setReplies(kim.id, "all");

  const files = await host.kept(kim);

  t.deepEqual(
    (JSON.parse(files["timeline/following.json"]!) as { kind: string; handle: string; since: string }[])
      .map(({ kind, handle, since }) => `${kind} ${handle} ${since.slice(0, 10)}`)
      .toSorted(),
    ["blog ana.example 2026-05-01", "person lee 2026-05-01"],
  );
  t.regex(files["timeline/following.opml"]!, /<opml version="2.0">[^]*xmlUrl="http:\/\/lee\.example[^"]*feed\.xml"/);
  t.like(JSON.parse(files["timeline/muted.json"]!), [{ kind: "word", value: "herons", isBlock: false, until: null }]);
  t.deepEqual(JSON.parse(files["timeline/choices.json"]!), { replies: "all" });
  t.notRegex(JSON.stringify(files), /reeds|"kim"/);
});
