import { definePlugin } from "rookery/plugin";
import { answerCall } from "./endpoint.ts";
import { rsdReply } from "./rsd.ts";

const open = { on: ["blog", "hub"], access: "public" } as const;

/** Lets editors on the desktop write: MetaWeblog, Blogger, Movable Type and Micro.blog's methods over XML-RPC. */
export default definePlugin({
  id: "xmlrpc",
  name: "XML-RPC",
  description:
    "Lets desktop editors such as MarsEdit write and change posts and pages, with MetaWeblog and what is related to it.",
  version: "1.0.0",
  api: 1,
  category: "IndieWeb",
  capabilities: ["identity", "posts:write", "media:write", "accounts:read"],
  hooks: {
    "page.head": (_, { blog }) => [
      { tag: "link", attributes: { rel: "EditURI", type: "application/rsd+xml", title: "RSD", href: `${blog.url}rsd.xml` } },
    ],
  },
  routes: [
    { ...open, method: "GET", path: "/rsd.xml", run: rsdReply },
    // Twenty megabytes of a file are thirty in base64. The key comes in the call, so that nobody knows of it before.
    {
      ...open,
      method: "POST",
      path: "/xmlrpc",
      body: "raw",
      limit: 30_000_000,
      perMinute: 600,
      timeout: { seconds: 60 },
      run: answerCall,
    },
  ],
});
