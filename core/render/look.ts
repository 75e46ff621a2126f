import type { Blog } from "../hooks/values.ts";
import { Dates } from "./objects/dates.ts";
import { Texts } from "./objects/texts.ts";
import { designOf, type Design, type Scheme } from "./style/design.ts";
import { customSheet, designSheet } from "./style/sheet.ts";
import type { Asset, Theme } from "./themes/theme.ts";

/** What a blog's pages share as long as neither the blog nor its theme changes. */
export type Look = {
  readonly chain: readonly Theme[];
  readonly design: Design;
  /** The style sheets with the blog's own settings, one for each colour scheme a reader may have chosen; empty when there are none. */
  readonly sheets: Readonly<Record<Scheme, Asset>>;
  /** The style sheet its people wrote themselves. */
  readonly custom: Asset;
  readonly texts: Texts;
  readonly dates: Dates;
};

const looks = new WeakMap<Blog, Look>();

/** The look of a blog in a chain of themes, made once for the same two objects. */
export function lookOf(blog: Blog, chain: readonly Theme[]): Look {
  const known = looks.get(blog);
  if (known?.chain === chain) return known;
  const design = designOf(blog, chain);
  const auto = designSheet(design, chain);
  const isReaders = design.colorScheme === "reader";
  const look: Look = {
    chain,
    design,
    sheets: {
      auto,
      light: isReaders ? designSheet(design, chain, "light") : auto,
      dark: isReaders ? designSheet(design, chain, "dark") : auto,
    },
    custom: customSheet(design),
    texts: new Texts(chain, blog.language),
    dates: new Dates(blog.language, blog.timeZone, design.dateFormat),
  };
  looks.set(blog, look);
  return look;
}

/** The colour scheme of a page: the one that whoever reads chose by a cookie, where the blog leaves it to them; else `auto`. */
export function schemeOf({ design }: Look, cookie: string | undefined): Scheme {
  if (cookie === undefined || design.colorScheme !== "reader") return "auto";
  const chosen = /(?:^|;\s*)scheme=(light|dark)(?:;|$)/.exec(cookie.slice(0, 8192))?.[1];
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}
