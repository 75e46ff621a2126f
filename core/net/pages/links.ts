import { Parser } from "htmlparser2";
import { depthGauge, endsTooDeep } from "./depth.ts";

/** An address in a page: as it was written, resolved, and by which element. `text` is what an `a` says, and the title of a `link`. */
export type PageLink = {
  readonly url: string;
  readonly written: string;
  readonly element: string;
  readonly attribute: string;
  /** Lower-case words of `rel`. */
  readonly rel: readonly string[];
  /** The attribute `type`. */
  readonly type: string;
  readonly text: string;
};

const attributes = ["href", "src", "srcset", "poster", "cite", "data", "action", "formaction", "longdesc", "background"] as const;
const [most, longest, mostText] = [10_000, 4_096, 500];
// Nothing inside of these is part of the page (HTML §4.12.3); scripts, styles and text areas hold text only.
const inert = "template";

type Found = Omit<PageLink, "url" | "text"> & { words: string };

/** Reads a page here and now; only for the thread that reads pages. */
export function linksOf(html: string, baseUrl: string): PageLink[] {
  const found: Found[] = [];
  const open: Found[] = [];
  let [base, hidden] = ["", 0];
  const gauge = depthGauge();
  const parser = new Parser(
    {
      onopentag(element, given) {
        gauge.enter();
        if (element === inert) hidden++;
        if (hidden > 0 || found.length >= most) return;
        if (element === "base") {
          base ||= (given.href ?? "").slice(0, longest);
          return;
        }
        const rel = (given.rel ?? "").toLowerCase().split(/\s+/).filter(Boolean).slice(0, 50);
        const more = {
          element,
          rel,
          type: (given.type ?? "").slice(0, 200),
          words: element === "link" ? (given.title ?? "").slice(0, mostText) : "",
        };
        for (const attribute of attributes) {
          const value = given[attribute];
          if (value === undefined) continue;
          for (const written of attribute === "srcset" ? candidatesOf(value) : [value.trim()])
            if (written.length <= longest) found.push({ ...more, written, attribute });
        }
        if (element === "a") open.push(found.at(-1) ?? { ...more, written: "", attribute: "" });
      },
      ontext(text) {
        const link = open.at(-1);
        if (link && hidden === 0 && link.words.length < mostText) link.words += text;
      },
      onclosetag(element) {
        gauge.leave();
        if (element === inert && hidden > 0) hidden--;
        if (element === "a") open.pop();
      },
    },
    { decodeEntities: true },
  );
  // Of a page too deep to be read, what came before counts.
  endsTooDeep(() => parser.end(html));
  const against = URL.parse(base, baseUrl)?.href ?? baseUrl;
  return found.flatMap(({ words, ...link }) => {
    const url = URL.parse(link.written, against)?.href;
    return url === undefined ? [] : [{ ...link, url, text: words.replace(/\s+/g, " ").trim().slice(0, mostText) }];
  });
}

// HTML §4.8.4.2.1: an address, then perhaps a width or density, then a comma; addresses may hold commas themselves.
function candidatesOf(srcset: string): string[] {
  return [...srcset.slice(0, 20_000).matchAll(/[\s,]*([^\s,]\S*)([^,]*)/g)].map((found) => found[1]!.replace(/,+$/, ""));
}
