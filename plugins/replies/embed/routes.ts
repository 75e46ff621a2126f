import { PublicError, type Reply, type Route, type RouteRequest } from "rookery/plugin";
import type { Thread } from "../api.ts";
import { threadOf } from "../reading/thread.ts";
import { embedJson, embedPage, embedStyles } from "./page.ts";

const open = { method: "GET", on: "hub", access: "public", cors: true } as const;
const short = { "cache-control": "public, max-age=60" } as const;

/**
 * What a page of another site may put into a frame. Nothing in it changes anything, and nobody is signed in there, so every site may;
 * the rest of the installation stays out of frames.
 */
const framed = {
  ...short,
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'self'; form-action 'none'; frame-ancestors *",
  "cross-origin-opener-policy": "unsafe-none",
  "cross-origin-resource-policy": "cross-origin",
  "referrer-policy": "no-referrer",
} as const;

/** Conversations for other sites. */
export const routes: readonly Route[] = [
  { ...open, path: "/embed/conversation", run: page },
  { ...open, path: "/embed/conversation.json", errors: "json", run: json },
  { ...open, path: "/embed/conversation.css", run: () => css },
];

const css: Reply = {
  text: embedStyles,
  headers: { ...framed, "cache-control": "public, max-age=3600", "content-type": "text/css; charset=utf-8" },
};

async function page(request: RouteRequest): Promise<Reply> {
  return { html: embedPage(request.context, await asked(request)), headers: framed };
}

async function json(request: RouteRequest): Promise<Reply> {
  return { json: embedJson(await asked(request)), headers: short };
}

async function asked({ context, query }: RouteRequest): Promise<Thread> {
  const thread = await threadOf(context, query.get("url") ?? "");
  if (!thread)
    throw new PublicError("replies.no-conversation", "No public post of this installation stands at this address.", 404);
  return thread;
}
