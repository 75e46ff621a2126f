import test from "ava";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machine, setUp, type Machine } from "../machine.testing.ts";

let rookery: Machine;
const ends: (() => unknown)[] = [];
test.before(async () => {
  rookery = machine({ teardown: (work) => ends.push(work) });
  await setUp(rookery);
  await rookery(["plugin", "enable", "feeds", "--yes"]);
  writeFileSync(join(rookery.folder, "no-picture.txt"), "Not a picture");
  mkdirSync(join(rookery.folder, "empty"));
});
test.after.always(() => ends.forEach((work) => work()));

const at = "--blog kim.localhost";
for (const [words, field, input] of [
  ["account create --username Kim! --password-stdin", "--username"],
  ["account create --username kim --password-stdin", "--username"],
  ["account create --username www --password-stdin", "--username"],
  ["account create --username lee --email nonsense --password-stdin", "--email"],
  ["account create --username lee --password-stdin", "--password-stdin", "short"],
  ["blog create --name Not_Good --username kim", "--name"],
  ["blog create --name kim --username kim", "--name"],
  ["blog create --name garden --username nobody-here", "--username"],
  ["blog domain add 127.0.0.1 --blog kim.localhost", "DOMAIN"],
  ["blog domain main lee.example --blog kim.localhost", "DOMAIN"],
  ["blog domain list --blog lee.example", "--blog"],
  ["token create --username kim --scope everything", "--scope"],
  ["token create --username lee --scope create", "--username"],
  ["token create --username kim --scope create --blog lee.example", "--blog"],
  [`plugin set feeds colour red ${at}`, "colour"],
  [`plugin set feeds items many ${at}`, "items"],
  ["plugin set feeds items 5 --blog lee.example", "--blog"],
  ["plugin disable no-such", "ID"],
  ["plugin new X!", "ID"],
  [`theme use no-such ${at}`, "ID"],
  ["theme new X!", "ID"],
  ["theme new nest --parent no-such", "--parent"],
  ["theme check nowhere", "FOLDER"],
  [`theme override set ../x ${at}`, "TEMPLATE", "text"],
  [`theme override remove post ${at}`, "TEMPLATE"],
  ["post list --blog lee.example", "--blog"],
  [`post publish ${at} --photo no-picture.txt --alt A`, "--photo"],
] as [string, string, string?][])
  test.serial(
    `rookery ${words}${input === undefined ? "" : ` < ${input}`} is refused in a sentence that names ${field}`,
    async (t) => {
      const { code, err, out } = await rookery(words.split(" "), input ?? "correct horse battery");

      t.deepEqual([code, err.length, out], [1, 1, []], err.join("\n"));
      t.true(err[0]!.startsWith(`${field}: `), err[0]);
      t.regex(err[0]!, /[.)]$/);
    },
  );
