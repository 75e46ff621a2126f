import type { Sent, Wrong } from "./double.ts";
import { inForms, inJson, inPages, inProperties, insteadOf, type WrongWay } from "./ways.ts";

const isUpload = ({ method, path }: Sent): boolean => method === "POST" && path.endsWith("/media");
const isFile = ({ path }: Sent): boolean => path.startsWith("/media/");
const inBytes = (change: (body: string) => string): Wrong => ({ asks: (sent) => void (sent.body = change(sent.body)) });

/** Ways of making posts wrongly. */
export const wrongMaking: readonly WrongWay[] = [
  ["loses the text of forms", ["100"], inForms((fields) => fields.set("content", "…"))],
  [
    "keeps one of several categories of a form",
    ["101"],
    inForms((fields) => fields.set("category[]", fields.get("category[]") ?? "")),
  ],
  ["ignores addresses of photos in forms", ["104"], inForms((fields) => fields.delete("photo"))],
  ["knows lists only in forms", ["107"], inForms((fields) => fields.delete("category"))],
  ["loses the text of JSON", ["200"], inProperties((properties) => (properties.content = ["…"]))],
  [
    "keeps the first of several values of JSON",
    ["201", "206"],
    inProperties((properties) => {
      for (const [name, values] of Object.entries(properties)) properties[name] = values.slice(0, 1);
    }),
  ],
  ["shows HTML as text", ["202"], inPages((html) => html.replace("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"))],
  [
    "lets script through",
    ["202", "a plain text"],
    inPages((html) => html.replace(/<b>bold<\/b>|Jerry/, "$&<script>alert(1)</script>")),
  ],
  ["ignores addresses of photos in JSON", ["203"], inProperties((properties) => delete properties.photo)],
  ["keeps words of nested objects", ["204"], inProperties((properties) => (properties.checkin = ["Los Gorditos"]))],
  ["shows words of nested objects", ["204"], inPages((html) => html.replace(/u-checkin h-card/g, "u-checkin"))],
  [
    "forgets descriptions",
    ["205"],
    inProperties((properties) => (properties.photo = properties.photo!.map((one) => (one as { value: string }).value))),
  ],
  ["turns photos round", ["206"], inProperties((properties) => (properties.photo = properties.photo!.toReversed()))],
  ["throws files of forms away", ["300", "301"], inBytes((body) => body.replaceAll('name="photo', 'name="other'))],
  [
    "keeps one of several files",
    ["301"],
    inBytes((body) => body.replace(/(name="photo\[\]"[^]*)name="photo\[\]"/, '$1name="other"')),
  ],
  ["answers uploads with 200", ["700"], insteadOf(201, 200, isUpload)],
  [
    "believes what a file is called",
    ["701"],
    { answers: ({ headers }, sent) => void (isFile(sent) && (headers["content-type"] = "text/html")) },
  ],
  ["puts files of one name into one place", ["702"], onePlace()],
  [
    "lets browsers guess what a file is",
    ["702"],
    { answers: ({ headers }, sent) => void (isFile(sent) && delete headers["x-content-type-options"]) },
  ],
  ["keeps files of any kind", ["a file that could run"], insteadOf(415, 201, isUpload)],
  ["publishes drafts", ["a draft and"], inProperties((properties) => delete properties["post-status"])],
  ["publishes before its time", ["a draft and"], inProperties((properties) => delete properties.published)],
  ["publishes what is private", ["a draft and"], inProperties((properties) => delete properties.visibility)],
  [
    "never lets drafts out",
    ["a draft and"],
    inJson("update", (said) => {
      said.replace = { summary: ["…"] };
    }),
  ],
];

function onePlace(): Wrong {
  let place: string | undefined;
  return {
    answers: ({ headers }, sent) => {
      if (isUpload(sent)) headers.location = place ??= headers.location;
    },
  };
}
