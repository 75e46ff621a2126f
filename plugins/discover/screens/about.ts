import { pickersSince } from "../log.ts";
import { personOf, type Request } from "./request.ts";

const days = 90;

/** Who picks, and by which rules. */
export async function aboutPage(request: Request) {
  const { account, at, context } = request;
  const since = new Date(context.clock.now().getTime() - days * 86_400_000).toISOString();
  const people = [];
  for (const id of await pickersSince(context, since)) people.push(await personOf(request, id));
  const known = people.filter((one) => one !== null).toSorted((a, b) => a.name.localeCompare(b.name, request.language));
  return {
    template: "about",
    data: {
      people: known,
      rules: ["hand", "order", "own", "note", "edits", "opt-out", "log"].map((rule) => context.t(`about.rule-${rule}`)),
      discoverAt: at("/discover"),
      mineAt: account ? at("/discover/mine") : null,
    },
  };
}
