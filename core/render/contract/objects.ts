/**
 * What a field holds: text, url (a text), html (printed as markup), number, boolean, date, a dict of anything, or one of the
 * objects below; `?` behind it says that it may be null, `[]` that it is a list.
 */
export type FieldType = string;

/** A field of an object: what it holds, and one phrase about it. */
export type ContractField = readonly [type: FieldType, about: string];

/** An object that templates get, by its fields. */
export type ContractObject = Readonly<Record<string, ContractField>>;

const site: ContractObject = {
  name: ["text", "the installation's host"],
  url: ["url", "address of the installation's own site"],
  version: ["text", "version of Rookery"],
};

const blog: ContractObject = {
  id: ["text", "the blog's id"],
  title: ["text", "its title"],
  url: ["url", "its home page, ending in a slash"],
  host: ["text", "its host"],
  description: ["text", "what its people say it is about, in Markdown"],
  descriptionHtml: ["html", "the same as markup"],
  language: ["text", "its language, for `lang`"],
  dir: ["text", "`ltr` or `rtl`"],
  timeZone: ["text", "its time zone; dates are written in it"],
  author: ["Author", "its owner"],
  authors: ["Author[]", "its owner and members"],
  icon: ["Image?", "its icon"],
  cover: ["Image?", "its cover picture"],
  feeds: ["Feed[]", "its feeds"],
  categories: ["Category[]", "categories with a listed post, by name"],
  startedAt: ["date", "when it was made"],
  accent: ["text", "the accent colour as #rrggbb, or empty"],
};

const page: ContractObject = {
  type: ["text", "home, post, page, category, date, archive, author, search, error or plugin"],
  title: ["text", "its title; empty on home and for notes"],
  metaTitle: ["text", "what head() puts into `title`"],
  description: ["text", "what head() says of it"],
  url: ["url", "its one address"],
  image: ["Image?", "the picture that stands for it elsewhere"],
  bodyClass: ["text", "classes for `body`"],
  isPreview: ["boolean", "whether somebody looks at it before it is true"],
  isIndexed: ["boolean", "whether search engines may keep it"],
  data: ["dict", "what plugins add, by plugin"],
};

const theme: ContractObject = {
  id: ["text", "the theme's id"],
  version: ["text", "its version"],
  settings: ["dict", "its settings by key, with show_author, date_format, color_scheme, posts_per_page, footer_text and accent"],
};

const request: ContractObject = {
  path: ["text", "path of the page"],
  pageNumber: ["number", "which page of a list it is"],
  scheme: ["text", "colour scheme the reader chose: auto, light or dark"],
};

const pagination: ContractObject = {
  page: ["number", "which page it is"],
  pages: ["number?", "how many there are, where that is known"],
  total: ["number?", "how many posts there are, where that is known"],
  newer: ["url?", "the page before"],
  older: ["url?", "the page after"],
  first: ["url?", "the first page, unless this is it"],
};

const post: ContractObject = {
  id: ["text", "the post's id"],
  kind: ["text", "note, article, photo, audio, video, reply, bookmark, page …"],
  url: ["url", "its address"],
  shortUrl: ["url", "the shortest address it has"],
  title: ["text", "its title; empty for notes"],
  titleOrExcerpt: ["text", "its title, or how it begins"],
  slug: ["text", "the last part of its address"],
  contentHtml: ["html", "its text"],
  summary: ["text", "what its author wrote as a summary"],
  excerpt: ["text", "the summary, or how it begins"],
  visibleLength: ["number", "letters a reader sees"],
  isLong: ["boolean", "whether lists better show an excerpt"],
  published: ["date", "when it appeared"],
  day: ["text", "that day as 2026-11-24, for grouping"],
  updated: ["date?", "when it was edited, where readers are to know"],
  edited: ["boolean", "whether readers are to know of an edit"],
  language: ["text", "its language"],
  dir: ["text", "`ltr` or `rtl`"],
  author: ["Author", "who wrote it"],
  authors: ["Author[]", "everybody who wrote it"],
  categories: ["Category[]", "its categories"],
  photos: ["Image[]", "its photos"],
  audio: ["Media[]", "its recordings"],
  video: ["Media[]", "its films"],
  inReplyTo: ["Cite?", "what it answers"],
  bookmarkOf: ["Cite?", "what it keeps"],
  likeOf: ["Cite?", "what it likes"],
  repostOf: ["Cite?", "what it passes on"],
  people: ["Cite[]", "people named as being in it"],
  rsvp: ["text", "its answer to an invitation: yes, no, maybe or interested"],
  event: ["Event?", "when it takes place, for an event"],
  checkin: ["Place?", "where its author checked in"],
  location: ["Place?", "where it was"],
  syndicated: ["Copy[]", "its copies elsewhere"],
  replyCount: ["number", "visible replies on its own page"],
  pinned: ["boolean", "whether its author pinned it"],
  draft: ["boolean", "whether it is not published yet"],
  microformats: ["Microformats", "classes for its element"],
  data: ["dict", "its other properties, and values of plugins by plugin"],
  newer: ["Neighbour?", "the next newer post, on its own page"],
  older: ["Neighbour?", "the next older post, on its own page"],
  conversation: ["Response[]", "replies and mentions in order, on its own page"],
};

const author: ContractObject = {
  name: ["text", "the person's name"],
  handle: ["text", "their name for addresses; empty for people from elsewhere"],
  url: ["url", "the blog for its owner, a list of their posts for members, their site for others"],
  photo: ["Image?", "their portrait"],
  bio: ["text", "what they say of themselves"],
  links: ["Link[]", "where else they are"],
};

const image: ContractObject = {
  src: ["url", "its address"],
  width: ["number?", "its width"],
  height: ["number?", "its height"],
  alt: ["text", "its description"],
  decorative: ["boolean", "whether it has no description on purpose"],
  caption: ["text", "its caption"],
  mime: ["text", "its type"],
  sizes: ["Size[]", "the sizes it exists in"],
  isOfPost: ["boolean", "whether it is a post's own photo"],
};

/** All objects that templates get, by name. */
export const contractObjects: Readonly<Record<string, ContractObject>> = {
  Site: site,
  Blog: blog,
  Page: page,
  Theme: theme,
  Request: request,
  Pagination: pagination,
  Post: post,
  Author: author,
  Image: image,
  Feed: { type: ["text", "its type"], url: ["url", "its address"], title: ["text", "its title"] },
  Category: {
    name: ["text", "its name"],
    slug: ["text", "its name for addresses"],
    url: ["url", "its list"],
    description: ["text", "what it is about"],
    count: ["number?", "how many posts it lists"],
  },
  Media: {
    src: ["url", "its address"],
    mime: ["text", "its type"],
    bytes: ["number", "its size"],
    duration: ["number?", "seconds"],
    title: ["text", "its title"],
    transcriptUrl: ["url?", "what is said in it, to read"],
    poster: ["url?", "a picture to show before it plays"],
  },
  Cite: { url: ["url", "its address"], title: ["text", "its title, or its address to read"], author: ["text", "who wrote it"] },
  Place: {
    name: ["text", "its name, or where it is; empty for one known by degrees only"],
    url: ["url?", "its page"],
    address: ["text", "street, town and country, where it has a name besides"],
    latitude: ["number?", "degrees"],
    longitude: ["number?", "degrees"],
  },
  Event: { start: ["date?", "when it begins"], end: ["date?", "when it ends"] },
  Copy: { service: ["text", "the host"], label: ["text", "its name"], url: ["url", "the copy's address"] },
  Microformats: { entryClass: ["text", "for the element around a post: h-entry"] },
  Neighbour: { title: ["text", "its title"], url: ["url", "its address"] },
  Response: {
    id: ["text", "its id"],
    type: ["text", "reply or mention"],
    author: ["Author", "who wrote it"],
    contentHtml: ["html", "its text, cleaned"],
    published: ["date", "when"],
    url: ["url", "where it stands"],
    source: ["text", "which way it came"],
    depth: ["number", "0 to 4: how far in it stands"],
    inReplyTo: ["url", "what a reply answers: another reply, or the post; empty for mentions"],
  },
  Link: { label: ["text", "its name"], url: ["url", "its address"] },
  Size: {
    name: ["text", "thumb, small, medium or large"],
    src: ["url", "its address"],
    width: ["number", "its width"],
    height: ["number", "its height"],
    mime: ["text", "its type"],
  },
  MenuItem: {
    label: ["text", "what it says"],
    url: ["url", "where it leads"],
    current: ["boolean", "whether it leads to this page"],
    children: ["MenuItem[]", "what stands under it"],
  },
  Period: { year: ["text", "2026"], month: ["text?", "11, or null for a year"], label: ["text", "November 2026"] },
  Year: {
    year: ["text", "2026"],
    url: ["url", "its list"],
    count: ["number", "how many posts it lists"],
    months: ["Month[]", "its months with posts, newest first"],
  },
  Month: {
    month: ["text", "11"],
    label: ["text", "November 2026"],
    url: ["url", "its list"],
    count: ["number", "how many posts it lists"],
  },
  Calendar: {
    label: ["text", "November 2026"],
    url: ["url?", "its list; null where it has no posts"],
    weekdays: ["Weekday[]", "the days of a week, as the blog's language begins it"],
    weeks: ["CalendarDay?[][]", "weeks of seven places; those before the first and after the last day are null"],
  },
  CalendarDay: {
    day: ["number", "1 to 31"],
    date: ["text", "2026-11-24"],
    url: ["url?", "its posts; null where there are none"],
    isToday: ["boolean", "whether the page was made on it; pages are kept, so it may be another day by now"],
  },
  Weekday: { label: ["text", "Tuesday"], short: ["text", "Tue"] },
  Error: {
    status: ["number", "404 …"],
    title: ["text", "what happened, in short"],
    message: ["text", "what to do"],
    contentHtml: ["html", "words of the blog's own instead, or empty"],
  },
};
