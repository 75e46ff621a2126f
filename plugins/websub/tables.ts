import { int, line, optional, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

const hash = () => word(64);

/** Who is told of which feed, and each feed as it was told last. */
export const tables: readonly TableShape[] = [
  {
    name: "p_websub_subscriptions",
    columns: {
      // Of topic and callback: there is one subscription of both together.
      id: primary(hash()),
      blog_id: ref(),
      topic_id: hash(),
      topic: line(1000),
      callback: line(1000),
      // The name of the sealed secret, when the subscriber gave one.
      secret: optional(word(90)),
      expires_at: time(),
      // Of the body that arrived last.
      delivered: optional(hash()),
      failures: int(0),
      created_at: time(),
    },
    indexes: [
      { name: "p_websub_by_topic", columns: ["blog_id", "topic_id", "id"] },
      { name: "p_websub_by_end", columns: ["blog_id", "expires_at"] },
    ],
  },
  {
    name: "p_websub_topics",
    columns: {
      id: primary(hash()),
      blog_id: ref(),
      topic: line(1000),
      type: line(200),
      body: text(),
      hash: hash(),
      // Of the body that subscribers are being told; behind `hash` only when work broke off between the two.
      announced: optional(hash()),
      updated_at: time(),
    },
  },
];
