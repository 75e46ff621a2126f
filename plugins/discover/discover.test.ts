import test from "ava";
import { fileURLToPath } from "node:url";
import { pluginContract } from "rookery/testing";
import { open } from "./discover.testing.ts";

const requires = ["feeds", "timeline"].map((id) => fileURLToPath(new URL(`../${id}`, import.meta.url)));
pluginContract(test, import.meta.dirname, { requires });

test("a curator picks a post with topics and a note; everybody reads it as page, JSON and RSS, and its author is told", async (t) => {
  const { host, shelves, lee, say, act, curator } = await open(t);
  const reeds = await say(lee, "Ein Roman 📚 über Schilf");
  const page = await curator.get("/admin/discover");
  t.is(page.status, 200);
  t.regex(page.text, /Schilf/);
  t.regex(page.text, /value="books" checked/, "words and emoji suggest");
  t.deepEqual(await shelves.picks(), { entries: [], next: null }, "nothing is filed by itself");
  const refused = await act("pick", { number: String(reeds.number), topic: ["books", "photos"], note: "typed words" });
  t.is(refused.status, 422);
  t.regex(refused.text, /posts with a photo/);
  t.regex(refused.text, /typed words/);
  const picked = await act("pick", { number: String(reeds.number), topic: "books", note: "Read it <slowly>" });
  t.is(picked.status, 303, picked.text.slice(0, 3000));
  await host.runJobs();
  const { entries } = await shelves.picks();
  t.like(entries, [{ number: reeds.number, note: "Read it <slowly>", topics: ["books"] }]);
  t.deepEqual(host.failures(), []);
});
