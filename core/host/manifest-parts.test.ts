import test from "ava";
import { int, key, line, optional, ref, text, word, type TableShape } from "../storage/columns.ts";
import { manifestProblem } from "./define-plugin.ts";
import type { Plugin } from "./manifest.ts";

const own = { id: key(), blog_id: ref() };
const rows = (columns: object, indexes: object[] = []) =>
  [{ name: "p_x1_rows", columns: { ...own, ...columns }, indexes }] as TableShape[];
const indexed = (columns: object, ...names: string[]) => rows(columns, [{ name: "p_x1_by", columns: names }]);
const route = { method: "GET", path: "/x", on: "blog", access: "public", run: () => ({ text: "x" }) };

/** Parts of a manifest that no compiler looked at, and what is said of them. */
const wrong: [object, RegExp][] = [
  [{ tables: { rows: own } }, /`tables` must be a list/],
  [{ tables: [{ name: "p_x1_rows", columns: [key()] }] }, /each of its tables is/],
  [{ tables: [{ name: "p_x1_Rows", columns: own }] }, /“p_x1_Rows” must be named with/],
  [{ tables: rows({ "seen at": int() }) }, /“seen at” of “p_x1_rows” must be named/],
  [{ tables: rows({ n: int }) }, /“n” of “p_x1_rows” is made by none of/],
  [{ tables: rows({ n: { type: "line" } }) }, /“n” of “p_x1_rows” needs a length/],
  [{ tables: rows({ a: line(9000), b: line(9000) }) }, /too wide for MariaDB/],
  [{ tables: [{ name: "p_x1_rows", columns: { blog_id: ref() } }] }, /needs a key/],
  [{ tables: indexed({}, "gone") }, /“p_x1_by” .*“gone”, which the table does not have/],
  [{ tables: indexed({ body: text() }, "body") }, /text\(\) is never indexed/],
  [{ tables: indexed({ url: line(1000) }, "url") }, /4002 of 3072 bytes/],
  [{ tables: rows({}, [{ name: "by_blog", columns: ["blog_id"] }]) }, /“by_blog” .*must be named p_x1_/],
  [{ tables: [...rows({}), ...rows({})] }, /two tables or indexes are called “p_x1_rows”/],
  [{ migrations: [{ number: 2 }] }, /numbered 1, 2, 3/],
  [
    { tables: rows({ a: int() }), migrations: [{ number: 1, dropColumns: { p_x1_rows: { a: int() } } }] },
    /drops the column “a” .*still declared/,
  ],
  [{ tables: rows({}), migrations: [{ number: 1, dropColumns: { p_x1_row: { a: int() } } }] }, /“p_x1_row”, which is no table/],
  [
    { tables: rows({}), migrations: [{ number: 1, dropTables: rows({}) }] },
    /drops the table “p_x1_rows”, which is still declared/,
  ],
  [{ tables: rows({}), migrations: [{ number: 1, renames: { "p_x1_rows.a": "b" } }] }, /no such column/],
  [
    { tables: rows({ a: int(), b: int() }), migrations: [{ number: 1, renames: { "p_x1_rows.a": "b" } }] },
    /“a” is still declared/,
  ],
  [{ tables: rows({}), migrations: [{ number: 1, renames: { "p_x1_rows.a": "b c" } }] }, /a name that is none/],
  [
    { tables: rows({}), migrations: [{ number: 1, dropTables: [{ name: "posts", columns: own }] }] },
    /“posts” must be named p_x1_/,
  ],
  [{ routes: [{ ...route, method: "get" }] }, /the method “get”; there are: GET/],
  [{ routes: [{ ...route, on: "blogs" }] }, /the place \(on\) “blogs”/],
  [{ routes: [{ ...route, on: [] }] }, /the place \(on\) “undefined”/],
  [{ routes: [{ ...route, on: "hub", access: "everybody" }] }, /the access “everybody”/],
  [{ routes: [{ ...route, run: undefined }] }, /“\/x” has nothing to run/],
  [{ jobs: { tidy: () => undefined } }, /job “tidy” has nothing to run/],
  [{ lifecycle: { enable: () => undefined } }, /no step of its life “enable”/],
  [{ hooks: { "post.publish": () => undefined } }, /no hook “post.publish”; did you mean “post.published”\?/],
];

test("what is wrong with tables, migrations, routes and jobs is a sentence that names it", (t) => {
  const basics = { id: "x1", name: "X", description: "X.", version: "1.0.0", api: 1 };
  for (const [parts, sentence] of wrong) t.regex(manifestProblem({ ...basics, ...parts } as Plugin) ?? "sound", sentence);
  const sound = {
    tables: [...indexed({ name: line(200), day: word(10) }, "blog_id", "day"), { name: "p_x1_more", columns: own }],
    migrations: [
      { number: 1, renames: { p_x1_old: "p_x1_rows" }, dropColumns: { p_x1_rows: { note: optional(text()) } } },
      { number: 2, renames: { "p_x1_rows.title": "name" }, dropTables: [{ name: "p_x1_gone", columns: own }] },
    ],
    routes: [{ ...route, on: ["blog", "hub"] }],
  };
  t.is(manifestProblem({ ...basics, ...sound } as unknown as Plugin), null);
});
