import { ulid, type Context } from "rookery/plugin";

/** Languages that titles are given in. */
export const titleLanguages = ["en", "de", "fr", "es", "ar"] as const;

/** Topics that an installation begins with. Titles, and words that suggest them, are those of the locales. */
const first = [
  { slug: "books", emoji: "📚 📖", kind: "any" },
  { slug: "photos", emoji: "📷 📸", kind: "photo" },
  { slug: "podcasts", emoji: "🎙️ 🎧", kind: "audio" },
  { slug: "music", emoji: "🎵 🎶 🎸", kind: "any" },
  { slug: "travel", emoji: "🧳 🚂 ✈️", kind: "any" },
  { slug: "food", emoji: "🍽️ 🍳 ☕", kind: "any" },
] as const;

/** Makes the first topics. Made again after a crash, each is there once. */
export async function makeFirstTopics(context: Context): Promise<void> {
  const { tables, clock } = context;
  for (const [position, { slug, emoji, kind }] of first.entries()) {
    const [known] = await tables.query("SELECT id FROM p_discover_topics WHERE slug = ?", [slug]);
    if (known) continue;
    const words = titleLanguages.flatMap((language) => context.t(`words.${slug}`, {}, language).split(/\s*[,،]\s*/));
    await tables.run(
      `INSERT INTO p_discover_topics (id, blog_id, slug, emoji, words, titles, kind, is_featured, position)
       VALUES (?, '', ?, ?, ?, '{}', ?, 1, ?)`,
      [ulid(clock.now().getTime()), slug, emoji, JSON.stringify([...new Set(words)]), kind, position],
    );
  }
}
