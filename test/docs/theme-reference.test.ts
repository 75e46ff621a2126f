import test from "ava";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { themeReference } from "./theme-reference.ts";

const page = fileURLToPath(new URL("../../docs/theming/reference.md", import.meta.url));

test("the reference of themes is what the tables of the engine and the checker say", (t) => {
  const isUpToDate = readFileSync(page, "utf8") === themeReference();
  t.true(isUpToDate, "docs/theming/reference.md is out of date: run node test/docs/write-theme-reference.ts");
});
