import test from "ava";
import { machine, setUp } from "../machine.testing.ts";

test("an export is refused in one sentence that says there are no kinds yet; the list of kinds is empty", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);

  const { code, out, err } = await rookery(["export", "markdown", "--blog", "kim.localhost", "--out", "all.zip"]);

  t.is(code, 1);
  t.deepEqual(out, []);
  t.is(err.length, 1);
  t.regex(err[0]!, /no exporter for “markdown”.*there are no kinds/);
  t.deepEqual(await rookery(["export", "list", "--json"]), { code: 0, out: ["[]"], err: [] });
  t.is((await rookery(["export", "markdown", "--blog", "kim.localhost"])).code, 2);
});
