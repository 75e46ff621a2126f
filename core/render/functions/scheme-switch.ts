import type { Scheme } from "../style/design.ts";
import type { Texts } from "../objects/texts.ts";
import { html, type Html } from "../theme-engine/engine.ts";
import { attributes, escape } from "./markup.ts";

/** Where the form that chooses a colour scheme is sent to, on the blog's own host. */
export const schemePath = "/scheme";

const schemes: readonly Scheme[] = ["auto", "light", "dark"];

/** A form with one button for each colour scheme, the chosen one pressed; it leads back to the page it stands on. */
export function schemeSwitch(texts: Texts, chosen: Scheme, back: string): Html {
  const button = (scheme: Scheme) => {
    const values = { name: "scheme", value: scheme, "aria-pressed": scheme === chosen ? "true" : "false" };
    return `<button${attributes(values)}>${escape(texts.get(`scheme.${scheme}`))}</button>`;
  };
  return html(
    `<form class="rk-scheme" method="post" action="${schemePath}"${attributes({ "aria-label": texts.get("scheme.label") })}>` +
      `<input type="hidden" name="back"${attributes({ value: back })}>${schemes.map(button).join("")}</form>`,
  );
}
