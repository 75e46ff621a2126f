import test from "ava";
import { isThere } from "./installed.testing.ts";

// With a folder of plugins/ deleted the rest is tested all the same.
if (isThere)
  await Promise.all([import("./service.scenarios.ts"), import("./whole.scenarios.ts"), import("./dashboard.scenarios.ts")]);
else test("skipped: plugins/crosspost or plugins/crosspost-mastodon is not there", (t) => t.pass());
