import type { Route } from "rookery/plugin";
import { route } from "../wire/route.ts";
import { check, mark } from "./check.ts";
import { conversation } from "./conversation.ts";
import { discover } from "./discover.ts";
import { profile, profilePhotos } from "./profile.ts";
import { removePost } from "./remove.ts";
import { ownReplies, reply } from "./replies.ts";
import { timeline } from "./timelines.ts";

/** Timelines, conversations and what people say. */
export const postRoutes: readonly Route[] = [
  route("GET", "/posts/timeline", timeline("timeline")),
  route("GET", "/posts/all", timeline("timeline")),
  route("GET", "/posts/mentions", timeline("mentions")),
  route("GET", "/posts/mentions/blocked", timeline("hidden")),
  route("GET", "/posts/photos", timeline("photos")),
  route("GET", "/posts/media", timeline("media")),
  route("GET", "/posts/discover", discover),
  route("GET", "/posts/discover/:topic", discover),
  route("GET", "/posts/conversation", conversation),
  route("GET", "/posts/check", check),
  route("POST", "/posts/markers", mark),
  route("GET", "/posts/replies", ownReplies),
  route("POST", "/posts/reply", reply, { timeout: { seconds: 15 } }),
  route("GET", "/posts/:username", profile),
  route("GET", "/posts/:username/photos", profilePhotos),
  route("DELETE", "/posts/:id", removePost),
];
