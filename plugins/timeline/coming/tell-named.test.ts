import test from "ava";
import { open } from "../timeline.testing.ts";

type Told = {
  readonly accountId: string;
  readonly notice: { readonly kind: string; readonly text: string; readonly url: string; readonly isChange?: true };
};
type Gone = { readonly subject: string; readonly except: readonly string[] };

test("who is named in a new post is told once; a change of it changes that, and its end takes it back", async (t) => {
  const { host, kim, lee, ana, say } = await open(t);
  const told = (isChange: boolean) =>
    (host.events("account.notice" as never) as unknown as readonly Told[])
      .filter(({ notice }) => (notice.isChange === true) === isChange)
      .map(({ accountId, notice }) => [accountId, notice.kind, notice.text, notice.url]);
  const gone = () =>
    (host.events("account.noticeGone" as never) as unknown as readonly Gone[]).map(({ subject, except }) => [subject, except]);

  const post = await say(lee, "Look, @kim and @nobody: herons by @lee");
  await host.runJobs();
  await host.edit(post, { content: "Look, @kim and @ana" });
  await host.runJobs();
  await say(ana, "Nobody is meant");
  await host.runJobs();

  const stored = (await host.stored(post))!;
  t.regex(stored.html, /Look, <a href="http:\/\/kim\.example[^"]*">@kim<\/a> and <a href="http:\/\/ana\.example[^"]*">@ana<\/a>/);
  t.is(stored.source, "Look, @kim and @ana");
  const at = `/c/${post.number}`;
  t.deepEqual(told(false), [[kim.id, "mention", "Lee named you: Look, @kim and @nobody: herons by @lee", at]]);
  const changed = "Lee named you: Look, @kim and @ana";
  t.deepEqual(told(true), [
    [kim.id, "mention", changed, at],
    [ana.id, "mention", changed, at],
  ]);
  t.deepEqual(gone(), [[post.id, [kim.id, ana.id]]]);
  await host.edit(post, { visibility: "private" });
  await host.runJobs();
  t.deepEqual(gone()[1], [post.id, []]);
  t.is(told(true).length, 2);
});
