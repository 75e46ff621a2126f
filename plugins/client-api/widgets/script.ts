import type { Reply } from "rookery/plugin";
import type { Markup } from "../wire/markup.ts";

const shared = {
  "cross-origin-resource-policy": "cross-origin",
  "access-control-allow-origin": "*",
  "cache-control": "public, max-age=60",
};

/** A script that puts HTML where it stands in a page. The HTML is one string in it, written so that nothing in it can end the string. */
export function scriptReply(markup: Markup): Reply {
  const text = `(function () {
  var html = ${asScript(markup.text)};
  var here = document.currentScript;
  if (here) here.insertAdjacentHTML("beforebegin", html);
})();
`;
  return { text, headers: { ...shared, "content-type": "text/javascript; charset=utf-8" } };
}

/** Headers of what any page may read. */
export const openHeaders = shared;

/** A text as a JavaScript string: also inside a script element nothing in it is markup, and nothing in it ends a line. */
export const asScript = (text: string): string =>
  JSON.stringify(text.toWellFormed()).replace(/[<>&'/\u2028\u2029]|[^\x20-\x7e]/gu, (letter) =>
    letter
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
