import type { Route } from "rookery/plugin";
import { done, missing } from "../wire/answers.ts";
import { route, type Call } from "../wire/route.ts";
import { setClock } from "./clock.ts";
import { addFeed, ownFeeds } from "./feeds.ts";
import { domains, summarize, summary } from "./info.ts";
import { logs } from "./logs.ts";
import { openApp } from "./open-app.ts";
import { signIn } from "./sign-in.ts";
import { verify } from "./verify.ts";
import { webPageRoutes } from "./web-pages.ts";

// Nothing is kept of these, but apps want an object.
const noted = ({ need }: Call) => (need("any"), done());
const noApple = () => {
  throw missing("Nobody signs in with Apple here. Ask for a link by e-mail.");
};

/** Accounts: signing in, and what apps want to know of whoever signed in. */
export const accountRoutes: readonly Route[] = [
  route("POST", "/account/signin", signIn, { asksKey: false }),
  // For a browser, which shows a sentence and no JSON.
  { on: "hub", access: "public", method: "GET", path: "/account/signin/:word", run: openApp },
  route("POST", "/account/verify", verify, { asksKey: false, perMinute: 600 }),
  route("POST", "/account/apple", noApple, { asksKey: false }),
  route("POST", "/account/timezone", setClock),
  route("POST", "/account/ai", noted),
  route("POST", "/account/stats", () => done(), { asksKey: false }),
  route("POST", "/account/feeds", addFeed, { timeout: { seconds: 40 } }),
  route("GET", "/account/info/domains", domains),
  route("GET", "/account/info/feeds", ownFeeds),
  route("POST", "/account/posts/:host/summarize", summarize),
  route("GET", "/account/posts/:host/summarize", summary),
  route("GET", "/users/logs", logs(false)),
  route("GET", "/users/logs/errors", logs(true)),
  ...webPageRoutes,
];
