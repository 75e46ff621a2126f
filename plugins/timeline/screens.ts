import type { PluginScreen } from "rookery/plugin";
import { conversationPage } from "./screens/conversation.ts";
import { followForm, followingPage } from "./screens/following.ts";
import { opmlFile, opmlForm } from "./screens/opml.ts";
import { markForm, mentionsPage, photosPage, timelinePage } from "./screens/lists.ts";
import { muteForm, mutedPage } from "./screens/muted.ts";
import { personForm, personPage } from "./screens/person.ts";
import type { Settings } from "./settings.ts";

const member = { on: "hub", access: "member" } as const;
const open = { on: "hub", access: "public" } as const;
const titles = {
  timeline: "Timeline",
  mentions: "Mentions",
  photos: "Photos",
  following: "Following",
  list: "A list of feeds",
  muted: "Muted",
  person: "Profile",
  conversation: "Conversation",
} as const;

/** What there is to read, and whom to follow. */
export const screens: readonly PluginScreen<Settings>[] = [
  { ...member, path: "/timeline", title: titles.timeline, menu: "you", home: true, run: timelinePage },
  { ...member, method: "POST", path: "/timeline", title: titles.timeline, run: markForm },
  { ...member, path: "/mentions", title: titles.mentions, menu: "you", run: mentionsPage },
  { ...member, path: "/photos", title: titles.photos, menu: "you", run: photosPage },
  { ...member, path: "/following", title: titles.following, menu: "you", run: followingPage },
  { ...member, method: "POST", path: "/following", title: titles.following, run: followForm },
  // A file, no page: without an example nobody looks at it as one.
  { ...member, path: "/following/:file", title: titles.list, run: opmlFile },
  { ...member, method: "POST", path: "/following/opml", title: titles.list, run: opmlForm },
  { ...member, path: "/muted", title: titles.muted, menu: "you", run: mutedPage },
  { ...member, method: "POST", path: "/muted", title: titles.muted, run: muteForm },
  { ...open, path: "/people/:handle", title: titles.person, example: { handle: "kim" }, run: personPage },
  { ...member, method: "POST", path: "/people/:handle", title: titles.person, run: personForm },
  { ...open, path: "/c/:number", title: titles.conversation, example: { number: "1" }, run: conversationPage },
];
