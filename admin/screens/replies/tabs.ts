import type { Interaction } from "../../../core/hooks/values.ts";
import type { InteractionFilter } from "../../../core/interactions/read.ts";

/** The lists of the screen: replies and mentions by state, and what only the people of the blog see. */
export const tabNames = ["visible", "held", "hidden", "reactions"] as const;
export type Tab = (typeof tabNames)[number];

/** The list somebody asked for; the shown ones when it is none. */
export function tabOf(word: string | null): Tab {
  return tabNames.find((one) => one === word) ?? "visible";
}

const conversation: readonly Interaction["kind"][] = ["reply", "mention"];

/** What stands in a list. */
export function filterOf(tab: Tab): Pick<InteractionFilter, "state" | "kinds"> {
  return tab === "reactions" ? { state: "visible", kinds: ["like", "repost"] } : { state: tab, kinds: conversation };
}
