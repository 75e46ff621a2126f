import test from "ava";
import { importerFiles } from "../../cli/plugin-folder/importer-files.ts";
import { importerContract } from "../importer-contract.ts";
import { pluginFolder, verdicts } from "./verdicts.testing.ts";

// The scaffold's importer is sound; each of the others breaks one thing of it.
const sound = importerFiles({ id: "import-odd", name: "Odd" });
const file = {
  name: "posts.jsonl",
  bytes: '{"id":"1","title":"Hello","text":"One"}\n{"id":"2","text":"Two"}\n{"id":"3","text":"Three"}\n',
};

const bad: readonly (readonly [string, string, string, string, RegExp])[] = [
  ["an importer that knows no file", `head.trimStart().startsWith('{"id"')`, "false", "knows its own files", /by its head/],
  ["an importer that knows every file", `head.trimStart().startsWith('{"id"')`, "true", "knows its own files", /is no such file/],
  ["ids that change with every run", "sourceId: id,", "sourceId: id + Math.random(),", "a second one skips", /doubles nothing/],
  ["posts that are left out", "await sink.post({", "if (id !== '2') await sink.post({", "a second one skips", /2 !== 3|equal/],
  [
    "an error without a sentence",
    "let bytes = 0;",
    'if (file.bytes === 0) throw "x";\n    let bytes = 0;',
    "hostile file",
    /empty|sentence/,
  ],
];

test("a sound importer keeps the whole contract", async (t) => {
  const folder = pluginFolder(t, "import-odd", sound);
  t.deepEqual(await verdicts((one) => importerContract(one, folder, { file, posts: 3 })), {});
});

for (const [name, part, broken, only, expected] of bad)
  test(`the importer contract tells of ${name}`, async (t) => {
    t.true(sound["importer.ts"]!.includes(part), "the part that is broken is there");
    const folder = pluginFolder(t, "import-odd", { ...sound, "importer.ts": sound["importer.ts"]!.replace(part, broken) });

    const found = await verdicts((one) => importerContract(one, folder, { file, posts: 3 }), only);

    t.regex(Object.values(found).join("\n"), expected, JSON.stringify(found));
  });
