type Words = Readonly<Record<string, string>>;

/** What is said of each field of theme.json. */
export const aboutFields: Words = {
  id: "needed: the folder's name, 2 to 40 small letters, digits and hyphens, a letter first",
  name: "needed",
  version: "needed: `1.0.0`",
  description: "needed: one sentence, shown where themes are chosen",
  license: "needed: its short name, such as `MIT`",
  engine: 'needed: `"1"`, or a range such as `"^1"`',
  author: '`{ "name", "url" }`',
  homepage: "where the theme is at home; for people",
  repository: "where its source is; for people",
  parent: "another theme's id; two parents above it at most, base not counted",
  colorSchemes: 'which it has, `["light", "dark"]`; for people',
  colorScheme: "the colour scheme that blogs begin with: `auto` unless told",
  postsPerPage: "1 to 100, 20 unless told; a blog may choose otherwise",
  imageSizes: "widths by name, 8 at most: `thumb` 200, `small` 400, `medium` 800, `large` 1600 unless told",
  kinds: "kinds of posts it has a design for; for people",
  menus: 'menus by id, `{ "main": "Main" }` unless told',
  pageTemplates: '`[{ "id", "label" }]`: templates `page--<id>` that a page may choose',
  styles:
    "style sheets in `assets/`, in order; those of the parents come before. Base's are used only when no theme of the chain has any",
  scripts: "scripts in `assets/`, as deferred modules; whoever installs the theme has to agree",
  fonts:
    '`[{ "family", "file", "weight", "style", "display", "unicodeRange", "preload" }]`: files in `assets/`; the `@font-face` is written for you, and `"preload": false` keeps the head from asking early',
  settings: "a list of [settings](#settings)",
  slots: "the [slots](#slots) its templates print; the checker compares",
  hidden: "`true`: not offered for choosing",
};

/** What is said of each key of a setting. */
export const aboutSettings: Words = {
  key: "needed: small letters, digits and underscores",
  type: "needed: see below",
  label: 'needed by people: a text, `{ "en": …, "de": … }`, or a key of `locales/`',
  help: "a sentence under the field, written like a label",
  default: "what it is until somebody chooses",
  options: '`select` and `radio`: `[{ "value", "label" }]`, each label written like that of a field',
  min: "numbers: the least; with `max` and `step`",
  group: "fields of one group stand together under its name, written like a label",
  visibleWhen: '`{ "key", "is" }` or `{ "key", "in": […] }`: shown only while another setting has that value',
  cssVar: "a name: the value becomes the custom property `--<name>` of `:root`",
  renamedFrom: "the key it had before: what people chose is kept",
};

/** What each type of setting gives to templates, and what it writes as custom property. */
export const aboutTypes: Words = {
  text: "a text, 500 letters at most | the text in quotes",
  textarea: "a text, 5,000 letters at most | the text in quotes",
  markdown: "a text, 20,000 letters at most; print it with the filter `markdown` | the text in quotes",
  boolean: "`true` or `false` | `1` or `0`",
  select: "the chosen value | the bare word, or the text in quotes",
  radio: "the chosen value | the bare word, or the text in quotes",
  color: "`#rrggbb`, or empty | the colour",
  number: "a number | the number, without a unit: `calc(var(--gap) * 1px)`",
  range: "a number | the number, without a unit",
  image: "an [Image](#image), or null | `url(…)`",
  font: "the name of a font | a stack for `font-family`",
  category: "a [Category](#category), or null | its slug in quotes",
  page: "`{ title, url }`, or null | the page's id in quotes",
  menu: "the id of a menu, for `menu()` | the id in quotes",
  url: "an address | the address in quotes",
};

/** The settings that every theme has. */
export const coreSettings: Words = {
  accent: "the accent colour, `#rrggbb` or empty; also `--accent`, made readable in both schemes",
  color_scheme: "which colours pages have; `reader` puts a switch on the page (`schemeSwitch()`, else at the slot `footer`)",
  show_author: "whether `postMeta()` shows the author",
  date_format: "how `postMeta()` writes dates where the theme does not say",
  posts_per_page: "how many posts a list has",
  footer_text: "Markdown for the foot of every page: print it with the filter `markdown`",
  custom_css: "rules of the blog's own; come after all style sheets, and are not for templates",
};

/** What each slot is for. */
export const aboutSlots: Words = {
  head: "printed by `head()`",
  "body-start": "right after the skip link",
  header: "at the end of the header",
  "before-list": "above a list",
  "list-item-meta": "at the end of a post's small print in a list",
  "before-content": "above a post's text",
  media: "instead of the theme's own players, for a post with sound; empty when no plugin has one",
  "after-content":
    "under a post's text. Needed: on a post's own page it is shown even by a theme that forgets it, when that prints the text with `postContent()`",
  "post-meta": "in a post's small print",
  "before-conversation": "above the replies, on a post's own page",
  "after-conversation": "under the replies, on a post's own page",
  sidebar: "beside or under the main part",
  footer: "in the footer. Needed",
  "body-end": "printed by `bodyEnd()`",
};

/** What each limit of a page is. */
export const aboutLimits: Words = {
  source: "letters of one template",
  nesting: "levels of brackets, blocks and operators",
  fuel: "steps: each tag, turn of a loop and call, and the size of what they make",
  output: "letters of the page",
  includes: "includes inside each other",
  extends: "templates that extend each other",
  macros: "macros that call each other",
  time: "milliseconds",
};

/** What each name of url() leads to. */
export const aboutUrls: Words = {
  home: "the home page",
  archive: "all years and months",
  photos: "all photos",
  replies: "all replies",
  bookmarks: "all bookmarks",
  search: "the search, where a plugin has one",
  scheme: "where `schemeSwitch()` sends the choice",
  category: '`url("category", { slug: "birds" })`',
  author: '`url("author", { handle: "kim" })`',
  year: '`url("year", { year: "2026" })`',
  month: '`url("month", { year: "2026", month: "05" })`',
};
