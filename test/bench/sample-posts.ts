import type { Draft } from "../../core/hooks/values.ts";

const sentences = [
  "The swifts came back this morning, three days later than last year.",
  "I counted eleven of them over the old mill before the rain set in.",
  "Lee says that they follow the warm air up the valley, and I think [that is right](https://lee.example/swifts).",
  "Nobody had mended the bridge, so we went *round by the weir* and got our feet wet.",
  "Bread, cheese, two apples, and a flask of tea that was cold by noon.",
  "Ana has drawn a map of the nests; it hangs in the library until autumn.",
  "What looked like a heron was a branch, and what looked like a branch flew away.",
];

/** A post like those of real blogs: every third with a title, 3 to 8 sentences of Markdown, one of ten categories. */
export function samplePost(number: number, publishedAt: Date): Draft & { content: string } {
  const from = number % sentences.length;
  const text = Array.from({ length: 3 + (number % 6) }, (_, at) => sentences[(from + at) % sentences.length]);
  return {
    title: number % 3 === 0 ? `Notes from the river, part ${number}` : "",
    content: `${text.slice(0, 3).join(" ")}\n\n${text.slice(3).join(" ")}`,
    publishedAt: publishedAt.toISOString(),
    categories: [`walks ${number % 10}`],
  };
}

/** When the post of that number was published: one every two hours, the last one an hour ago. */
export function sampleTime(number: number, count: number, now: Date): Date {
  return new Date(now.getTime() - (count - number) * 2 * 3_600_000 + 3_600_000);
}
