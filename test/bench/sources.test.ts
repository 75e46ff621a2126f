import { existsSync } from "node:fs";
import test from "ava";
import { measure } from "./sources.ts";

const isThere = existsSync(new URL("../../plugins/sources/plugin.ts", import.meta.url));

test("the bench of sources reads every feed twice, and parses", async (t) => {
  t.timeout(120_000);
  const readings = await measure.run({ isQuick: true, say: () => undefined });
  t.deepEqual(
    readings.map(({ name }) => name),
    isThere ? ["60 feeds, first time", "60 feeds, once more", "memory while polling, highest", "feeds of 100 KB parsed"] : [],
  );
  for (const { note, value } of readings) {
    t.true(value > 0);
    t.notRegex(note ?? "", /not read/);
  }
});
