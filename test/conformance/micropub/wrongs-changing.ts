import type { Wrong } from "./double.ts";
import { inAnswersTo, inForms, inJson, insteadOf, refusing, saying, type WrongWay } from "./ways.ts";

const ignored = (action: string) => ({
  byForm: inForms((fields) => (fields.get("action") === action ? saying(200) : undefined)),
  byJson: inJson(action, () => saying(200)),
});

/** Ways of changing and deleting posts wrongly. */
export const wrongChanging: readonly WrongWay[] = [
  [
    "adds instead of replacing",
    ["400"],
    inJson("update", (said) => {
      [said.add, said.replace] = [said.replace!, {}];
    }),
  ],
  [
    "replaces instead of adding",
    ["401"],
    inJson("update", (said) => {
      [said.replace, said.add] = [said.add!, {}];
    }),
  ],
  ["adds to what is there only", ["402"], inJson("update", () => saying(200))],
  [
    "takes the whole property for one value",
    ["403"],
    inJson("update", (said) => {
      said.delete = Object.keys(said.delete as object);
    }),
  ],
  ["removes no property", ["404"], inJson("update", (said) => (Array.isArray(said.delete) ? saying(200) : undefined))],
  ["takes anything for an update", ["405"], inJson("update", () => saying(200))],
  [
    "does what it can of an update that is none, and refuses it",
    ["405"],
    {
      ...inJson("update", (said, sent) => {
        sent.isMarked = true;
        said.replace = { content: ["…"] };
      }),
      ...refusing,
    },
  ],
  ["does not delete by form", ["500", "a deleted post"], ignored("delete").byForm],
  ["does not delete by JSON", ["501"], ignored("delete").byJson],
  ["says of what is deleted that it never was", ["500", "501"], insteadOf(410, 404)],
  ["does not undelete by form", ["502"], ignored("undelete").byForm],
  ["does not undelete by JSON", ["503"], ignored("undelete").byJson],
  ["undeletes half, by form", ["502"], halfBack()],
  ["undeletes half, by JSON", ["503"], halfBack()],
  ["keeps old feeds", ["a deleted post"], oldFeeds()],
  [
    "dates updates anew",
    ["an update keeps"],
    inJson("update", (said) => {
      said.replace!.published = ["2026-01-02T03:04:06+00:00"];
    }),
  ],
  ["forgets what it does not know", ["an update keeps"], inAnswersTo("source", (properties) => delete properties["x-mine"])],
  [
    "does half of an update and refuses it",
    ["an update that is wrong"],
    {
      ...inJson("update", (said, sent) => {
        sent.isMarked = true;
        delete said.add;
      }),
      ...refusing,
    },
  ],
];

function halfBack(): Wrong {
  let isBack = false;
  const half = inAnswersTo("source", (properties) => delete properties.category);
  return {
    asks: (sent) => void (isBack ||= sent.body.includes("undelete")),
    answers: (answered, sent) => {
      if (isBack) half.answers!(answered, sent);
    },
  };
}

function oldFeeds(): Wrong {
  let old: string | undefined;
  return {
    answers: (answered, { path }) => {
      if (path === "/feed.json") answered.body = old ??= answered.body;
    },
  };
}
