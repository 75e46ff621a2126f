import type { FindingLevel } from "./finding.ts";

/** One kind of finding: how bad it is, what it is about, and how it is mended. */
export type CodeFacts = { readonly level: FindingLevel; readonly about: string; readonly fix: string };

const error = (about: string, fix: string): CodeFacts => ({ level: "error", about, fix });
const warning = (about: string, fix: string): CodeFacts => ({ level: "warning", about, fix });
const info = (about: string, fix: string): CodeFacts => ({ level: "info", about, fix });

/** The hundreds of the codes and what each is about. */
export const codeGroups: Readonly<Record<string, string>> = {
  T1: "theme.json and the theme's parents",
  T2: "Files",
  T3: "Templates",
  T4: "What every page must print",
  T5: "Settings",
  T6: "Microformats",
  T7: "For everybody: descriptions, labels, contrast",
  T8: "Style sheets, fonts and other assets",
  T9: "Safety",
  T10: "No counting of applause",
};

/** Every code of the theme checker; the documentation and the checker both read this table. */
export const themeCodes = {
  T101: error("There is no theme.json", "Begin with rookery theme new, or write a theme.json into the folder."),
  T102: error("theme.json is broken or a field is wrong", "Correct the field that is named."),
  T103: error("The parent is missing, broken or the theme itself", "Name an installed theme as “parent”, or leave it out."),
  T104: warning("More than 25 settings", "Leave out what few people will change: nobody finds the one they look for."),
  T105: warning("No LICENSE file", "Put the licence's text into a file LICENSE, so that others know what they may do."),
  T106: warning(
    "A screenshot is missing or has another size",
    "screenshots/desktop.png has 1280 × 800 pixels, mobile.png 390 × 844.",
  ),
  T107: warning("theme.json has a field nobody reads", "Correct its name, or leave it out."),
  T108: error("More than two parents above it", "Choose a parent that stands higher."),
  T109: error("It stands above its own parent", "Break the circle: one of the themes must have another parent or none."),
  T201: error("A link instead of a file", "Copy what the link leads to."),
  T202: error("A name that will not be found", "Use letters, digits, dots, hyphens and underscores."),
  T203: error("A file that is too large", "Make it smaller: a template and a locale have 64 KB at most, an asset 10 MB."),
  T204: error("theme.json names a file that is not there", "Put the file into assets/, or leave its name out."),
  T205: error(
    "A file type that is not used there",
    "templates/ holds .njk; assets/ holds style sheets, scripts, pictures, fonts and texts.",
  ),
  T206: warning("No README.md", "Say on one screen what the theme is for."),
  T207: error("A locale that is no flat JSON object of texts", 'Write it as { "key": "text" }.'),
  T208: error("Too much in all", "A theme has 500 files, 10 MB, and 1 MB of templates at most."),
  T209: error("Two names that differ in capitals only", "Rename one: many disks keep only one of them."),
  T210: warning("A file or folder nobody reads", "Leave it out, or move it to where it is read."),
  T301: error("A template that cannot be compiled", "Correct the line that is named."),
  T302: error("A function that does not exist", "See the list of functions, or define a macro of that name."),
  T303: error("A filter that does not exist", "See the list of filters."),
  T304: error("A test that does not exist", "See the list of tests after “is”."),
  T305: warning("A name that this page does not have", "Correct it, or set it before it is printed."),
  T306: error("A template that is not there", "Correct the name, or add “ignore missing” to the include."),
  T307: error("A slot that does not exist", "See the list of slots."),
  T308: warning("A field that this object does not have", "Correct the field: it prints nothing."),
  T309: error("A page cannot be drawn", "Correct the line that is named; until then readers get the parent's page."),
  T310: error("Templates that include or extend each other in a circle", "Take one of the includes out."),
  T311: warning("A text that no locale has", "Add the key to locales/en.json."),
  T312: warning(
    "A page prints undefined, NaN or [object",
    "Print a field, not the object; guard what may be missing with if or default.",
  ),
  T401: error("head() is missing", "Print {{ head() }} between <head> and </head>."),
  T402: error("bodyEnd() is missing", "Print {{ bodyEnd() }} before </body>."),
  T403: error(
    "A slot that plugins cannot work without is missing",
    "Print it: after-content with the post, footer in the footer.",
  ),
  T404: info("A slot is printed nowhere", "Print it where it makes sense."),
  T405: error("<html> lacks lang or dir", 'Write <html lang="{{ blog.language }}" dir="{{ blog.dir }}">.'),
  T406: error("Not exactly one main", "Put what the page is about into one <main>."),
  T407: error("Not exactly one h1", "Give each page one h1, visible or not; posts in lists have h2."),
  T408: error("No skip link", 'Begin the body with <a class="skip" href="#content"> and give main that id.'),
  T409: error("Older posts cannot be reached", "Print {{ pager(pagination) }} on lists."),
  T410: warning("A document without doctype", "Begin with <!doctype html>."),
  T411: warning("theme.json lists a slot that is not printed", "Print the slot, or leave it out of “slots”."),
  T501: warning("A setting without effect", "Use it in a template, or its cssVar in a style sheet; or leave it out."),
  T502: warning("A setting that is not declared", "Declare it under “settings”, or correct the name."),
  T503: error(
    "A default that its field does not allow",
    "Give a value of the field's type, among its options, within its bounds.",
  ),
  T504: error("renamedFrom names a setting that is still there", "Name the old key, which must be gone."),
  T505: warning(
    "A setting that every theme has already",
    "Leave it out: accent, colour scheme, author, dates, posts per page, footer and own CSS are there.",
  ),
  T506: error("visibleWhen asks a setting that is not there", "Name the key of another setting."),
  T507: error("A choice without options", 'List “options” as [{ "value", "label" }].'),
  T508: error("Two settings with one key", "Rename one."),
  T601: error("No h-entry", 'Put class="{{ post.microformats.entryClass }}" on the article of a post, and h-feed around a list.'),
  T602: error("An h-entry without u-url", "Print {{ postMeta(post) }}."),
  T603: error("An h-entry without dt-published", "Print {{ postMeta(post) }}."),
  T604: error("An h-entry without author", "Print {{ postMeta(post) }}: it knows whether readers see the author."),
  T605: error("A post's page without e-content", "Print {{ postContent(post) }}."),
  T606: error("A name on a post without title", "Put p-name only inside {% if post.title %}."),
  T607: error("A title that is no p-name", 'Put class="p-name" on the title.'),
  T608: error("A reply without u-in-reply-to", 'Link post.inReplyTo.url with class="u-in-reply-to".'),
  T609: error("A bookmark without u-bookmark-of", 'Link post.bookmarkOf.url with class="u-bookmark-of".'),
  T610: warning("Copies elsewhere without u-syndication", 'Link post.syndicated with class="u-syndication".'),
  T611: warning("Categories without p-category", 'Link post.categories with class="p-category".'),
  T612: error("Photos that are no u-photo, or lost their description", "Print them with {{ picture(photo) }}."),
  T613: warning("No representative h-card on the home page", "Print {{ authorCard(blog.author) }} on the home page."),
  T701: error("A picture without alt", "Use picture(), or write alt; empty for what only decorates."),
  T702: error("A field without label", "Put a label around it, or for its id; or an aria-label."),
  T703: error("A link or button without a name", "Write text into it, or an aria-label."),
  T704: warning("Text that is hard to read on its background", "Choose colours with 4.5:1 or more, in light and in dark."),
  T705: warning("Borders of fields that are hard to see", "Choose colours with 3:1 or more, in light and in dark."),
  T706: error("One id twice on a page", "Make the id from post.id, or leave it out."),
  T707: warning("A tabindex above 0", "Leave it out, and put things into the order in which they are read."),
  T801: error("asset() of a file that is not there", "Correct the path: it begins inside assets/."),
  T802: error(
    "A file of the theme that is not linked through asset()",
    'Write {{ asset("path") }}: addresses carry a hash of the content.',
  ),
  T803: error("Something from another host", "Bring the file along in assets/: pages load nothing from elsewhere."),
  T804: warning("Style sheets of more than 8 KB", "Leave out what is not needed; 8 KB packed is the budget of a shipped theme."),
  T805: warning("A font without font-display", "Add font-display: swap, so that text shows before the font is there."),
  T806: error("A style sheet names a file that is not there", "Correct the path: it begins at the style sheet."),
  T807: warning("@import in a style sheet", "List both files under “styles”: an import is fetched one after the other."),
  T901: warning(
    "safe on what may be no HTML",
    "Leave safe out: it works on literals and HTML only, everything else stays escaped.",
  ),
  T902: error("A script inside the page", "Put it into assets/ and list it under “scripts”."),
  T903: error("Styles inside the page", "Put them into a style sheet: the page's policy stops them."),
  T904: error("A handler inside the page", "Listen from a script in assets/: the page's policy stops on… attributes."),
  T905: error("A javascript: address", "Use a button and a script in assets/."),
  T906: error("A form that sends elsewhere", "Send it to the blog itself: the page's policy stops other hosts."),
  T907: error("A frame, object or base", "Leave it out; embeds come from plugins."),
  T1001: warning("A count of likes, followers or shares", "Leave it out: there are none here, on purpose."),
  T1002: warning("Words that count likes, followers or shares", "Leave them out: there are none here, on purpose."),
} as const satisfies Readonly<Record<string, CodeFacts>>;

/** A code of the checker. */
export type ThemeCode = keyof typeof themeCodes;
