const most = { tags: 20, letters: 50 } as const;

/** Tags as they are kept: small letters, no `#` before them, each once; from a list or a text with commas. */
export function cleanTags(given: unknown): readonly string[] {
  const list = typeof given === "string" ? given.split(/[,،;]/) : Array.isArray(given) ? given : [];
  const clean = list
    .filter((tag): tag is string => typeof tag === "string")
    .flatMap((tag) => tag.split(","))
    .map((tag) =>
      tag
        .replace(/[\s\p{Cc}]+/gu, " ")
        .trim()
        .replace(/^#+/, "")
        .toLowerCase()
        .toWellFormed(),
    )
    .map((tag) => [...tag].slice(0, most.letters).join("").trim())
    .filter((tag) => tag !== "");
  return [...new Set(clean)].slice(0, most.tags);
}
