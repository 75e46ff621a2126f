import type { Sent } from "./double.ts";
import { inAnswersTo, inForms, insteadOf, type WrongWay } from "./ways.ts";

/** Ways of answering questions, and of letting in, wrongly; `token` is a key that may do everything. */
export const wrongAsking = (token: string): readonly WrongWay[] => {
  const letsIn = (sent: Sent): void => void (sent.headers.authorization = `Bearer ${token}`);
  return [
    ["names a query that it does not answer", ["600"], inAnswersTo("config", (said) => said.q!.push("birds"))],
    ["names no media endpoint", ["600"], inAnswersTo("config", (said) => delete said["media-endpoint"])],
    [
      "names places for copies without their uid",
      ["601"],
      inAnswersTo("syndicate-to", (said) => (said["syndicate-to"] = [{ name: "Elsewhere" }])),
    ],
    [
      "gives bare values back",
      ["602"],
      inAnswersTo("source", (properties) => (properties.content = properties.content![0] as unknown[])),
    ],
    [
      "gives everything back, whatever was asked for",
      ["603"],
      { asks: (sent) => void (sent.path = sent.path.replace(/&properties[^&]*/g, "")) },
    ],
    ["takes any key", ["800"], { asks: letsIn }],
    ["takes no key from a form", ["801"], inForms((fields) => fields.delete("access_token"))],
    ["keeps the key with the post", ["802"], inAnswersTo("source", (properties) => (properties.access_token = [token]))],
    ["needs no key", ["803"], { asks: (sent) => void (sent.headers.authorization === undefined && letsIn(sent)) }],
    ["says of a lacking scope what it says of a lacking key", ["804"], insteadOf(403, 401)],
    ["looks at no scope", ["804"], { asks: letsIn }],
    ["takes two keys at once", ["805"], inForms((fields) => fields.delete("access_token"))],
    [
      "gives the cleaned text back",
      ["a plain text"],
      inAnswersTo("source", (properties) => (properties.content = [String(properties.content).replace(/<[^>]*>/g, "")])),
    ],
    [
      "does not let pages of other origins read where the post went",
      ["pages of other origins"],
      { answers: ({ headers }) => void delete headers["access-control-expose-headers"] },
    ],
  ];
};
