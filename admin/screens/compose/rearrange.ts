import type { Typed } from "./typed.ts";

/** Buttons that only change what stands in the form: `add-file`, `edit`, `remove:0`, `up:1`, `down:0`, `insert:0`, `at:TIME`. */
export function rearrange(typed: Typed, intent: string): Typed | null {
  if (intent === "add-file" || intent === "edit") return typed;
  const [verb, ...rest] = intent.split(":");
  if (verb === "at") return { ...typed, published: rest.join(":").slice(0, 16), when: "schedule" };
  const at = Number(rest[0]);
  if (verb === "remove-audio" && typed.audio)
    return { ...typed, audio: typed.audio.filter((_sound, position) => position !== at) };
  const photo = Number.isInteger(at) ? typed.photos[at] : undefined;
  if (!photo) return null;
  const others = typed.photos.filter((_photo, position) => position !== at);
  switch (verb) {
    case "remove":
      return { ...typed, photos: others };
    case "up":
      return { ...typed, photos: others.toSpliced(Math.max(0, at - 1), 0, photo) };
    case "down":
      return { ...typed, photos: others.toSpliced(at + 1, 0, photo) };
    case "insert":
      return { ...typed, content: withPicture(typed.content, photo), photos: others };
    default:
      return null;
  }
}

// A picture in the text stands there and not under it a second time.
function withPicture(content: string, { url, alt }: { url: string; alt: string }): string {
  const described = alt.replace(/[[\]\\]/g, "\\$&").replace(/\s+/g, " ");
  const markdown = `![${described}](${url})`;
  return content.trimEnd() === "" ? markdown : `${content.trimEnd()}\n\n${markdown}`;
}
