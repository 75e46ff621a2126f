import test from "ava";
import type { Theme } from "../themes/theme.ts";
import { contrastOf, hexColor, readableOn } from "./colors.ts";
import { designOf, type Design } from "./design.ts";
import { customSheet, designSheet } from "./sheet.ts";

const plain: Design = {
  accent: null,
  colorScheme: "auto",
  showAuthor: false,
  dateFormat: "long",
  postsPerPage: 20,
  footerText: "",
  customCss: "",
  values: {},
};
const theme = (settings: object) =>
  ({ id: "nest", manifest: { settings, postsPerPage: 20, fonts: [], colorScheme: "" } }) as unknown as Theme;
const css = (design: Design, settings = {}) => Buffer.from(designSheet(design, [theme(settings)]).bytes).toString();

for (const [text, color] of [
  ["#ABC", "#aabbcc"],
  ["#0b5cad", "#0b5cad"],
  ["red;}", null],
  ["#12345", null],
  ["url(x)", null],
] as const)
  test(`“${text}” is ${color === null ? "no colour" : `the colour ${color}`}`, (t) => {
    t.is(hexColor(text), color);
  });

for (const accent of ["#ffff00", "#ffffff", "#000000", "#ff0000", "#777777"])
  test(`the accent ${accent} is made readable on light and dark pages`, (t) => {
    t.true(contrastOf(readableOn("#ffffff", accent), "#ffffff") >= 4.5);
    t.true(contrastOf(readableOn("#16181a", accent), "#16181a") >= 4.5);
  });

test("a colour that is readable already stays as it is", (t) => {
  t.is(readableOn("#ffffff", "#0b5cad"), "#0b5cad");
});

test("without settings the generated sheet is empty", (t) => {
  t.is(css(plain), "");
});

test("a text setting cannot leave its place in the style sheet", (t) => {
  const evil = 'x"; } body { background: url(https://evil.example) } /*\n</style>';
  const sheet = css({ ...plain, values: { motto: evil } }, { motto: { type: "text", label: "Motto", cssVar: "motto" } });
  t.is(sheet.match(/[{}]/g)?.length, 2);
  t.false(sheet.includes("url("));
  t.false(sheet.includes("</"));
});

test("own CSS cannot fetch other style sheets", (t) => {
  const own = (customCss: string) => Buffer.from(customSheet({ customCss }).bytes).toString();
  t.is(own("@import url(//evil.example/x.css); p{color:red}"), " p{color:red}");
  t.is(own("@\\69mport 'https://evil.example/x.css';p{color:red}"), "p{color:red}");
  t.is(own("p{background:url( http://evil.example/x.png )}"), "p{background:none}");
  t.is(own("x".repeat(70_000)), "");
});

test("stored values of the wrong type give way to the default", (t) => {
  const settings = {
    wide: { type: "boolean", label: "Wide", default: true },
    gap: { type: "range", label: "Gap", min: 1, max: 9, default: 3 },
    place: { type: "select", label: "Place", options: ["top", "side"], default: "top" },
  };
  const stored = { perch: { wide: "yes", gap: 99, place: "nowhere" } };
  const blog = { theme: "perch", settings: { design: { accent: "javascript:", postsPerPage: 1e9, themes: stored } } };
  const design = designOf(blog as never, [theme(settings)]);
  t.deepEqual(design.values, { wide: true, gap: 3, place: "top" });
  t.is(design.accent, null);
  t.is(design.postsPerPage, 20);
});
