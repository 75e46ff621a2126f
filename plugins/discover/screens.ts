import type { PluginScreen } from "rookery/plugin";
import { aboutPage } from "./screens/about.ts";
import { deskForm } from "./screens/acts.ts";
import { deskPage } from "./screens/desk.ts";
import { leftOutForm, leftOutPage } from "./screens/left-out.ts";
import { logPage } from "./screens/log.ts";
import { mineForm, minePage } from "./screens/mine.ts";
import { postPage } from "./screens/post.ts";
import { shelf } from "./screens/shelf.ts";
import { topicForm, topicPage, topicsForm, topicsPage } from "./screens/topics.ts";
import { waitsForAnother } from "./picking/picks.ts";

const open = { on: "hub", access: "public" } as const;
const member = { on: "hub", access: "member" } as const;
const curator = { on: "hub", access: "curator" } as const;
const desk = "/admin/discover";

/** Discover for everybody, and where curators work. */
export const screens: readonly PluginScreen[] = [
  { ...open, path: "/discover", title: "Discover", menu: "you", run: shelf },
  { ...open, path: "/discover/about", title: "About Discover", run: aboutPage },
  { ...open, path: "/discover/:topic", title: "Topic", example: { topic: "books" }, run: shelf },
  { ...member, path: "/discover/mine", title: "My posts in Discover", menu: "you", run: minePage },
  { ...member, method: "POST", path: "/discover/mine", title: "My posts in Discover", run: mineForm },
  {
    ...curator,
    path: desk,
    title: "Curate Discover",
    menu: "installation",
    hasNews: ({ account, context }) => waitsForAnother(context, account.id),
    run: (request) => deskPage(request),
  },
  { ...curator, method: "POST", path: desk, title: "Curate Discover", run: deskForm },
  { ...curator, path: `${desk}/post`, title: "Pick a post", run: (request) => postPage(request) },
  { ...curator, path: `${desk}/topics`, title: "Topics", run: (request) => topicsPage(request) },
  { ...curator, method: "POST", path: `${desk}/topics`, title: "Topics", run: topicsForm },
  {
    ...curator,
    path: `${desk}/topics/:slug`,
    title: "A topic",
    example: { slug: "books" },
    run: (request) => topicPage(request),
  },
  { ...curator, method: "POST", path: `${desk}/topics/:slug`, title: "A topic", run: topicForm },
  { ...curator, path: `${desk}/authors`, title: "Authors left out", run: (request) => leftOutPage(request) },
  { ...curator, method: "POST", path: `${desk}/authors`, title: "Authors left out", run: leftOutForm },
  { ...curator, path: `${desk}/log`, title: "Log of Discover", run: logPage },
];
