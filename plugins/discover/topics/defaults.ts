import { ulid, type Context } from "rookery/plugin";

/** Languages that titles are given in. */
export const titleLanguages = ["en", "de", "fr", "es", "ar"] as const;

/** Topics that an installation begins with. Their titles are those of the locales; words of all its languages suggest them. */
const first = [
  {
    slug: "books",
    emoji: "📚 📖",
    kind: "any",
    words:
      "book books novel novels reading library bookshop buch bücher roman romane gelesen lektüre bibliothek buchhandlung livre livres romans lecture bibliothèque librairie libro libros novela novelas lectura biblioteca librería كتاب كتب رواية روايات قراءة مكتبة",
  },
  {
    slug: "photos",
    emoji: "📷 📸",
    kind: "photo",
    words:
      "photo photos photograph camera foto fotos kamera fotografie photographie appareil fotografía cámara صورة صور تصوير كاميرا",
  },
  {
    slug: "podcasts",
    emoji: "🎙️ 🎧",
    kind: "audio",
    words: "podcast podcasts episode folge épisode pódcast episodio بودكاست حلقة",
  },
  {
    slug: "music",
    emoji: "🎵 🎶 🎸",
    kind: "any",
    words:
      "music album song songs concert playlist musik lied lieder konzert musique chanson chansons música álbum canción canciones concierto موسيقى ألبوم أغنية أغان حفلة",
  },
  {
    slug: "travel",
    emoji: "🧳 🚂 ✈️",
    kind: "any",
    words:
      "travel trip journey train hike reise reisen ausflug zug wanderung voyage voyages randonnée viaje viajes excursión tren سفر رحلة قطار",
  },
  {
    slug: "food",
    emoji: "🍽️ 🍳 ☕",
    kind: "any",
    words:
      "food recipe cooking dinner bread coffee essen rezept kochen abendessen brot kaffee recette cuisine dîner café comida receta cocina cena pan طعام وصفة طبخ عشاء خبز قهوة",
  },
] as const;

/** Makes the first topics. Made again after a crash, each is there once. */
export async function makeFirstTopics({ tables, clock }: Context): Promise<void> {
  for (const [position, { slug, emoji, kind, words }] of first.entries()) {
    const [known] = await tables.query("SELECT id FROM p_discover_topics WHERE slug = ?", [slug]);
    if (known) continue;
    await tables.run(
      `INSERT INTO p_discover_topics (id, blog_id, slug, emoji, words, titles, kind, is_featured, position)
       VALUES (?, '', ?, ?, ?, '{}', ?, 1, ?)`,
      [ulid(clock.now().getTime()), slug, emoji, JSON.stringify(words.split(" ")), kind, position],
    );
  }
}
