import type { Route } from "rookery/plugin";
import { route } from "../wire/route.ts";
import { follow, followPage, isFollowing, unfollow } from "./follow.ts";
import { followedByThem, following, pins, search } from "./lists.ts";
import { block, blocking, changeMute, ending, mute, muting } from "./mutes.ts";
import { devices, register, unregister } from "./push.ts";
import { report } from "./report.ts";

/** People and what they are to each other. There is no address for who follows somebody. */
export const userRoutes: readonly Route[] = [
  route("GET", "/users/follow", followPage),
  route("POST", "/users/follow", follow, { timeout: { seconds: 40 } }),
  route("POST", "/users/unfollow", unfollow),
  route("GET", "/users/is_following", isFollowing),
  route("GET", "/users/following/:username", following),
  route("GET", "/users/discover/:username", followedByThem),
  route("GET", "/users/search", search),
  route("GET", "/users/pins/:username", pins),
  route("POST", "/users/mute", mute),
  route("GET", "/users/muting", muting),
  route("POST", "/users/muting/:id", changeMute),
  route("DELETE", "/users/muting/:id", ending(false)),
  route("POST", "/users/unmute", ending(false)),
  route("POST", "/users/block", block),
  route("GET", "/users/blocking", blocking),
  route("DELETE", "/users/blocking/:id", ending(true)),
  route("POST", "/users/unblock", ending(true)),
  route("POST", "/users/report", report),
  route("POST", "/users/push/register", register),
  route("POST", "/users/push/unregister", unregister),
  route("GET", "/users/push/info", devices),
];
