import { definePlugin } from "../define-plugin.ts";
import type { CopyRequest, CopyResult, CopyTarget } from "./target-service.types.ts";

/** What a test's own service got, and what it answers next; without an answer it sends. */
export type FakeService = {
  readonly got: (CopyRequest & { action: string })[];
  answers: (CopyResult | Error)[];
  /** What happens elsewhere while it sends. */
  during?: (request: CopyRequest) => Promise<unknown>;
  follows?: CopyTarget["follows"];
  /** It can change copies, unless told. */
  canEdit?: boolean;
};

/** A plugin that sends copies nowhere: one short account and one that takes pictures only. */
export function fakeTargets(service: FakeService = { got: [], answers: [] }) {
  const act = (action: string) => async (request: CopyRequest) => {
    service.got.push({ ...request, action });
    await service.during?.(request);
    const answer = service.answers.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? { state: "sent" as const, url: `https://far.example/${request.target}/1`, copy: { id: 1 } };
  };
  return definePlugin({
    id: "far-away",
    name: "Far away",
    description: "Sends copies to a service that is not there.",
    version: "1.0.0",
    api: 1,
    category: "Cross-posting",
    capabilities: ["posts:read"],
    services: {
      target: () => ({
        targets: () => [
          {
            id: "kim",
            service: "Far",
            account: "@kim@far.example",
            limits: { chars: 50, unit: "grapheme", images: 2, alt: true, edit: service.canEdit !== false, delete: true },
            ...(service.follows && { follows: service.follows }),
          },
          { id: "wall", service: "Wall", account: "kim", limits: {}, reconnect: "Wall asks you to sign in again." },
        ],
        rule: (target, post) => (post.kind === "reply" ? { isOn: false, why: "off for replies" } : { isOn: target === "kim" }),
        preview: (_target, post, text) => ({
          text: (text ?? post.source).slice(0, 50),
          isTruncated: (text ?? post.source).length > 50,
          images: Math.min(post.photos.length, 2),
          notes: post.photos.length > 2 ? ["Only the first 2 photos."] : [],
        }),
        send: act("send"),
        update: act("update"),
        remove: act("remove"),
      }),
    },
  });
}
