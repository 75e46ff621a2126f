import type { Route } from "rookery/plugin";
import { missing } from "../wire/answers.ts";
import { pageFile } from "../wire/page.ts";
import { route, type Call } from "../wire/route.ts";
import { page } from "./frame.ts";
import { conversationPage, discoverPage, mentionsPage, personPage, timelinePage, topicsPage } from "./lists.ts";
import { lookIn } from "./look.ts";
import { followingPage, unknownPage } from "./people.ts";
import { avatarReply, blankReply, photoReply } from "./pictures.ts";
import { bookmarksPage, readingPage } from "./saved.ts";
import { signIn } from "./sign-in.ts";

// Pages are read by a cookie of their own, which addresses for other origins never get.
const shown = (path: string, run: (call: Call) => ReturnType<Route["run"]>) =>
  route("GET", path, run, { cors: false, asksKey: false });
const open = { isOpen: true };

/** The pages that the official apps show inside themselves, and the pictures they name by fixed addresses. */
export const hybridRoutes: readonly Route[] = [
  shown("/hybrid/signin", signIn),
  shown("/hybrid/posts", page(timelinePage)),
  shown("/hybrid/posts/:username", page(personPage, open)),
  shown("/hybrid/mentions", page(mentionsPage)),
  shown("/hybrid/discover", page(discoverPage, open)),
  shown("/hybrid/discover/search", page(topicsPage, open)),
  shown("/hybrid/discover/:slug", page(discoverPage, open)),
  shown("/hybrid/bookmarks", page(bookmarksPage)),
  shown("/hybrid/favorites", page(bookmarksPage)),
  shown("/hybrid/bookmarks/:link", page(readingPage)),
  shown("/hybrid/conversation/:number", page(conversationPage, open)),
  shown("/hybrid/following/:username", page(followingPage)),
  shown("/hybrid/users/discover/:username", page(unknownPage)),
  shown("/hybrid/:file", file),
  route("GET", "/:username/avatar.jpg", avatarReply, { asksKey: false }),
  route("GET", "/:username/favicon.png", avatarReply, { asksKey: false }),
  route("GET", "/images/blank_avatar.png", blankReply, { asksKey: false }),
  ...["200", "400", "300x"].map((size) => route("GET", `/photos/${size}/*rest`, photoReply, { asksKey: false })),
];

function file({ params, input }: Call) {
  const found = pageFile(params.file ?? "", lookIn(input));
  if (!found) throw missing("There is no such page.");
  return found;
}
