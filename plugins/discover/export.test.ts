import test from "ava";
import { open } from "./discover.testing.ts";
import { setOptOut } from "./standing/opt-out.ts";

test("an archive has picks of one's posts, what one did as a curator, and that one wants no picks; not which curator picked", async (t) => {
  const { host, lee, ana, noor, say, act } = await open(t);
  const post = await say(lee, "Herons");
  await act("pick", { number: String(post.number), note: "So still" });
  const context = host.house.host.contexts.make(
    host.house.host.current.plugins.get("discover")!.plugin,
    { ...host.scope(), blog: null },
    {},
    new AbortController().signal,
  );
  await setOptOut(context, ana, true);

  const [ofLee, ofNoor, ofAna] = [await host.kept(lee), await host.kept(noor), await host.kept(ana)];

  t.like(JSON.parse(ofLee["discover/picks-of-my-posts.json"]!), [{ note: "So still", state: "shown" }]);
  t.notRegex(JSON.stringify(ofLee), new RegExp(`${noor.id}|noor`));
  t.like(JSON.parse(ofNoor["discover/done-as-curator.json"]!), [{ action: "pick" }]);
  t.deepEqual(JSON.parse(ofNoor["discover/picks-of-my-posts.json"]!), []);
  t.truthy((JSON.parse(ofAna["discover/standing.json"]!) as { wantsNoPicksSince: string }).wantsNoPicksSince);
});
