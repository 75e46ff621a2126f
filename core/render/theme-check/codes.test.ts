import test from "ava";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundledThemes, Themes } from "../themes/themes.ts";
import { checkTheme } from "./check-theme.ts";
import { codeFixtures, soundManifest, soundTheme, type Files } from "./codes.fixtures.ts";
import { codeGroups, themeCodes, type ThemeCode } from "./codes.ts";

// Themes to stand on that are too high or lead back.
const others = [
  { id: "first", parent: "perch" },
  { id: "second", parent: "base" },
  { id: "third", parent: "first" },
  { id: "loop", parent: "mine" },
];

function check(t: { teardown(work: () => unknown): void }, over: Files) {
  const root = mkdtempSync(join(tmpdir(), "rookery-theme-"));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  for (const { id, parent } of others)
    write(join(root, "installed", id), { "theme.json": JSON.stringify({ ...soundManifest, styles: [], id, parent }) });
  write(join(root, "mine"), { ...soundTheme, ...over });
  return checkTheme(join(root, "mine"), new Themes({ bundled: bundledThemes, installed: join(root, "installed") }));
}

function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (typeof content === "string" && content.startsWith("link:")) symlinkSync(content.slice(5), join(folder, path));
    else writeFileSync(join(folder, path), content);
  }
}

for (const [code, { bad, good }] of Object.entries(codeFixtures) as [ThemeCode, (typeof codeFixtures)[ThemeCode]][]) {
  test(`${code} is found alone, with its level, file and remedy: ${themeCodes[code].about}`, (t) => {
    const found = check(t, bad);

    t.deepEqual([...new Set(found.map((one) => one.code))], [code], JSON.stringify(found, null, 1));
    for (const { level, message, fix, line } of found) {
      t.is(level, themeCodes[code].level);
      t.true(message.length > 5 && fix.length > 5 && Number.isInteger(line) && line >= 0);
    }
  });

  test(`${code} is not found where all is well: ${themeCodes[code].about}`, (t) => {
    t.deepEqual(check(t, good), []);
  });
}

test("every code belongs to a group", (t) => {
  for (const code of Object.keys(themeCodes)) t.truthy(codeGroups[code.slice(0, -2)], code);
});
