import test from "ava";
import { open } from "../timeline.testing.ts";

type Told = {
  readonly accountId: string;
  readonly notice: { readonly kind: string; readonly text: string; readonly url: string };
};

test("who is named in a new post is told once, and not again when it changes", async (t) => {
  const { host, kim, lee, ana, say } = await open(t);
  const told = () =>
    (host.events("account.notice" as never) as unknown as readonly Told[]).map(({ accountId, notice }) => [
      accountId,
      notice.kind,
      notice.text,
      notice.url,
    ]);

  const post = await say(lee, "Look, @kim and @nobody: herons by @lee");
  await host.runJobs();
  await host.edit(post, { content: "Look, @kim and @ana" });
  await host.runJobs();
  await say(ana, "Nobody is meant");
  await host.runJobs();

  const stored = (await host.stored(post))!;
  t.regex(stored.html, /Look, <a href="http:\/\/kim\.example[^"]*">@kim<\/a> and <a href="http:\/\/ana\.example[^"]*">@ana<\/a>/);
  t.is(stored.source, "Look, @kim and @ana");
  t.deepEqual(told(), [[kim.id, "mention", "Lee named you: Look, @kim and @nobody: herons by @lee", `/c/${post.number}`]]);
});
