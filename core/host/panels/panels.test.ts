import test from "ava";
import { definePlugin } from "../define-plugin.ts";
import { isFor, wordedPanel } from "./panels.ts";
import type { Panel } from "./panel.types.ts";

const about = { id: "kitchen", name: "Kitchen", description: "Cooks.", version: "1.0.0", api: 1 } as const;
const dish: Panel<{}> = { id: "dish", title: "Dish", fields: { name: { type: "text", label: "Name" } } };
const declare = (...panels: Panel<{}>[]) => definePlugin({ ...about, panels });

test("a panel that the composer could not show is refused with a sentence", (t) => {
  const wrong: readonly (readonly [Panel<{}>[], RegExp])[] = [
    [[{ ...dish, id: "Dish!" }], /panel “Dish!” needs a plain name/],
    [[dish, dish], /two panels “dish”/],
    [[{ ...dish, title: " " }], /“dish” has no title/],
    [[{ ...dish, fields: {} }], /“dish” has no fields/],
    [[{ ...dish, fields: { name: { type: "tekst" as "text", label: "Name" } } }], /its field “name” has the unknown type/],
    [[{ ...dish, fields: { key: { type: "secret", label: "Key" } } }], /“key”, a secret: what belongs to a post is never secret/],
    [[{ ...dish, fields: { name: { type: "text", label: "Name", restart: true } } }], /testAction or restart/],
    [[{ ...dish, write: (_values, draft) => draft }], /needs both “read” and “write”/],
    [[dish, { ...dish, id: "other" }], /“dish” and “other” both keep “name”/],
  ];
  for (const [panels, sentence] of wrong) t.throws(() => declare(...panels), { message: sentence });
  t.notThrows(() => declare(dish, { ...dish, id: "other", read: () => ({}), write: (_values, draft) => draft }));
  t.throws(() => definePlugin({ ...about, composer: ["video" as "audio"] }), { message: /no “video” to offer/ });
});

test("a panel is for posts that have all it asks for; for pages only when it says so", (t) => {
  const note = { kind: "note", hasAudio: false, hasPhotos: false };
  t.true(isFor(undefined, note));
  t.false(isFor(undefined, { ...note, kind: "page" }));
  t.true(isFor({ kinds: ["page"] }, { ...note, kind: "page" }));
  t.false(isFor({ kinds: ["article"] }, note));
  t.false(isFor({ audio: true }, note));
  t.true(isFor({ audio: true }, { ...note, hasAudio: true }));
  t.false(isFor({ audio: true, photos: true }, { ...note, hasAudio: true }));
});

test("a panel speaks the reader's language by its keys", (t) => {
  const words: Record<string, string> = { "panels.dish.title": "Gericht", "panels.dish.fields.name.label": "Wie es heißt" };
  const said = wordedPanel(dish, (key, written) => words[key] ?? written);
  t.is(said.title, "Gericht");
  t.is(said.fields.name!.label, "Wie es heißt");
});
