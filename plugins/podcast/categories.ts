// Apple's list (Apple Podcasts categories), which every directory of podcasts follows. The words are fixed.
const tree = {
  Arts: "Books|Design|Fashion & Beauty|Food|Performing Arts|Visual Arts",
  Business: "Careers|Entrepreneurship|Investing|Management|Marketing|Non-Profit",
  Comedy: "Comedy Interviews|Improv|Stand-Up",
  Education: "Courses|How To|Language Learning|Self-Improvement",
  Fiction: "Comedy Fiction|Drama|Science Fiction",
  Government: "",
  History: "",
  "Health & Fitness": "Alternative Health|Fitness|Medicine|Mental Health|Nutrition|Sexuality",
  "Kids & Family": "Education for Kids|Parenting|Pets & Animals|Stories for Kids",
  Leisure: "Animation & Manga|Automotive|Aviation|Crafts|Games|Hobbies|Home & Garden|Video Games",
  Music: "Music Commentary|Music History|Music Interviews",
  News: "Business News|Daily News|Entertainment News|News Commentary|Politics|Sports News|Tech News",
  "Religion & Spirituality": "Buddhism|Christianity|Hinduism|Islam|Judaism|Religion|Spirituality",
  Science: "Astronomy|Chemistry|Earth Sciences|Life Sciences|Mathematics|Natural Sciences|Nature|Physics|Social Sciences",
  "Society & Culture": "Documentary|Personal Journals|Philosophy|Places & Travel|Relationships",
  Sports:
    "Baseball|Basketball|Cricket|Fantasy Sports|Football|Golf|Hockey|Rugby|Running|Soccer|Swimming|Tennis|Volleyball|Wilderness|Wrestling",
  Technology: "",
  "True Crime": "",
  "TV & Film": "After Shows|Film History|Film Interviews|Film Reviews|TV Reviews",
} as const;

const between = " › ";

/** Every category and subcategory, as a setting's options: `Arts`, `Arts › Books`. */
export const categoryOptions: readonly string[] = Object.entries(tree).flatMap(([name, below]) => [
  name,
  ...below.split("|").flatMap((sub) => (sub ? [name + between + sub] : [])),
]);

/** A chosen option as a feed says it: the category, and the one below it. */
export function categoryOf(option: string | undefined): { name: string; sub: string } | null {
  if (!option || !categoryOptions.includes(option)) return null;
  const [name = "", sub = ""] = option.split(between);
  return { name, sub };
}
