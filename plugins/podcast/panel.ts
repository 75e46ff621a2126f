import type { Fields, Panel } from "rookery/plugin";
import { problemOf } from "./problem.ts";
import type { settings } from "./settings.ts";

const roles = ["host", "guest", "editor", "producer", "narrator", "composer"] as const;

const fields = {
  season: { type: "number", label: "Season", min: 1, max: 9999, step: 1 },
  episode: { type: "number", label: "Episode number", min: 0, max: 99_999, step: 1 },
  kind: {
    type: "select",
    label: "Kind",
    options: [
      { value: "full", label: "Episode" },
      { value: "trailer", label: "Trailer" },
      { value: "bonus", label: "Bonus" },
    ],
    default: "full",
  },
  explicit: {
    type: "select",
    label: "Explicit language",
    options: [
      { value: "show", label: "As the show says" },
      { value: "no", label: "No" },
      { value: "yes", label: "Yes" },
    ],
    default: "show",
  },
  image: {
    type: "image",
    label: "Picture of this episode",
    help: "Square, at least 1400 × 1400 pixels. Empty: the cover of the show.",
  },
  chapters: {
    type: "textarea",
    label: "Chapters",
    help: "One a line: 00:00 Title. An address behind the title becomes its link, the address of a picture its picture.",
    max: 50_000,
  },
  transcript: {
    type: "textarea",
    label: "Transcript",
    help: "As WebVTT, SRT or plain text.",
    max: 150_000,
    fromFile: ".vtt,.srt,.txt",
  },
  people: {
    type: "list",
    label: "People",
    max: 20,
    fields: {
      name: { type: "text", label: "Name", required: true },
      role: { type: "select", label: "Role", options: roles.map((value) => ({ value, label: titled(value) })), default: "host" },
      url: { type: "url", label: "Website" },
    },
  },
} as const satisfies Fields;

/** What an author says about an episode; kept as `properties.podcast`. */
export const panel: Panel<typeof settings> = {
  id: "episode",
  title: "Episode",
  fields,
  when: { audio: true },
  read: (post) => {
    const kept = post.properties.podcast;
    return typeof kept === "object" && kept !== null && !Array.isArray(kept) ? (kept as Record<string, never>) : {};
  },
  write(values, draft, context) {
    const said = Object.entries(values).filter(([key, value]) => !isUsual(key as keyof typeof fields, value));
    const podcast = said.length > 0 ? Object.fromEntries(said) : null;
    return problemOf(podcast ?? undefined, context) ?? { ...draft, properties: { ...draft.properties, podcast } };
  },
};

function isUsual(key: keyof typeof fields, value: unknown): boolean {
  const field = fields[key] as { readonly default?: unknown } | undefined;
  const isEmpty = value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  return field === undefined || isEmpty || value === field.default;
}

function titled(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
