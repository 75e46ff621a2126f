import type { Blog } from "../hooks/values.ts";
import { Dates } from "./objects/dates.ts";
import { Texts } from "./objects/texts.ts";
import { designOf, type Design } from "./style/design.ts";
import { designSheet } from "./style/sheet.ts";
import type { Asset, Theme } from "./themes/theme.ts";

/** What a blog's pages share as long as neither the blog nor its theme changes. */
export type Look = {
  readonly chain: readonly Theme[];
  readonly design: Design;
  /** The style sheet with the blog's own settings; empty when there are none. */
  readonly sheet: Asset;
  readonly texts: Texts;
  readonly dates: Dates;
};

const looks = new WeakMap<Blog, Look>();

/** The look of a blog in a chain of themes, made once for the same two objects. */
export function lookOf(blog: Blog, chain: readonly Theme[]): Look {
  const known = looks.get(blog);
  if (known?.chain === chain) return known;
  const design = designOf(blog, chain);
  const look: Look = {
    chain,
    design,
    sheet: designSheet(design, chain),
    texts: new Texts(chain, blog.language),
    dates: new Dates(blog.language, blog.timeZone, design.dateFormat),
  };
  looks.set(blog, look);
  return look;
}
