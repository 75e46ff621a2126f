/** A function or filter of templates: its parameters as they are written, and one sentence about it. */
export type ContractCall = { readonly parameters: string; readonly about: string };

/** The functions that templates may call. */
export const contractFunctions: Readonly<Record<string, ContractCall>> = {
  head: {
    parameters: "",
    about: "All of the head: title, description, addresses, feeds, style sheets, fonts, what plugins add.",
  },
  bodyEnd: { parameters: "", about: "Scripts and what plugins add: the last thing in the body." },
  postContent: { parameters: "post", about: "A post's text in e-content, and what plugins show under it." },
  postMeta: { parameters: "post, format", about: "Time, permalink and author of a post as microformats." },
  picture: {
    parameters: 'image, size="medium", sizes="100vw", class="", loading="lazy"',
    about: "A picture with measures and description, in every format and size it exists in.",
  },
  imageUrl: { parameters: "image, size", about: "The address of a picture in a size." },
  asset: { parameters: "path", about: "The address of a file in assets/, with the hash of its content." },
  icon: { parameters: "name", about: "assets/icons/<name>.svg, inline." },
  slot: { parameters: "name, post", about: "What plugins show at a place." },
  t: { parameters: "key, values", about: "A text of locales/ in the blog's language." },
  url: {
    parameters: "name, values",
    about:
      "The address of one of the blog's pages: home, archive, category, author, year, month, photos, replies, bookmarks, search, scheme.",
  },
  menu: { parameters: 'id="main"', about: "A menu as a list of links." },
  latest: { parameters: "count=5, kind, category", about: "The newest posts, 50 at most; ten different calls on a page." },
  calendar: {
    parameters: "year, month",
    about: "A month as a [Calendar](#calendar) whose days lead to their posts; null for what is no month.",
  },
  range: { parameters: "start, stop, step", about: "Numbers to loop over, 1,000 at most." },
  authorCard: { parameters: "author", about: "A person's card as an h-card." },
  pager: { parameters: "pagination", about: "Links to the newer and older page of a list." },
  searchForm: { parameters: "", about: "A form that searches the blog, where a plugin has a page for it." },
  schemeSwitch: {
    parameters: "",
    about: "A form that chooses the colour scheme, where the blog leaves that to its readers; once a page.",
  },
};

/** The filters that templates may use. */
export const contractFilters: Readonly<Record<string, ContractCall>> = {
  date: {
    parameters: "format",
    about: "A time in the blog's language and zone: short, medium, long, full, time, datetime, month, year, day, or a pattern.",
  },
  relative: { parameters: "", about: "A time as “3 days ago”." },
  iso: { parameters: "", about: "A time for the attribute datetime." },
  number: { parameters: "digits", about: "A number in the blog's language." },
  plural: { parameters: "one, many", about: "One of two words, by a number." },
  truncate: { parameters: "length=255, killwords=false, end", about: "The beginning of a text." },
  truncatewords: { parameters: "count, end", about: "The first words of a text." },
  striptags: { parameters: "preserve_linebreaks", about: "Markup as text." },
  upper: { parameters: "", about: "In capitals." },
  lower: { parameters: "", about: "In small letters." },
  title: { parameters: "", about: "Each Word With a Capital." },
  trim: { parameters: "", about: "Without blanks around it." },
  replace: { parameters: "old, new, count", about: "A text in place of another." },
  split: { parameters: "separator", about: "A text as a list." },
  join: { parameters: "separator, attribute", about: "A list as a text." },
  first: { parameters: "", about: "The first of a list." },
  last: { parameters: "", about: "The last of a list." },
  slice: { parameters: "slices, fill_with", about: "A list in so many columns." },
  batch: { parameters: "linecount, fill_with", about: "A list in rows of a size." },
  sort: { parameters: "reverse=false, case_sensitive=false, attribute", about: "A list in order." },
  reverse: { parameters: "", about: "Backwards." },
  groupby: { parameters: "attribute", about: "A list in groups that share a value." },
  where: { parameters: "attribute, value", about: "What of a list has a value." },
  length: { parameters: "", about: "How many." },
  default: { parameters: "value, boolean=false", about: "Something instead of nothing." },
  escape: { parameters: "", about: "Escaped now, printed as it is later." },
  safe: { parameters: "", about: "Not escaped: for literals and markup only." },
  urlencode: { parameters: "", about: "For a part of an address." },
  nl2br: { parameters: "", about: "Lines ended by br." },
  markdown: { parameters: "", about: "Markdown as markup, 20,000 letters at most." },
  json: { parameters: "", about: "As JSON that cannot end a script element." },
  list: { parameters: "", about: "As a list." },
  unique: { parameters: "attribute", about: "Each once." },
};

/** The tests that may stand after `is`. */
export const contractTests: readonly string[] = [
  "defined",
  "none",
  "string",
  "number",
  "iterable",
  "odd",
  "even",
  "divisibleby",
  "equalto",
  "empty",
];
