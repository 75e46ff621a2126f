import type { Fields } from "rookery/plugin";
import { categoryOptions } from "./categories.ts";

const show = { group: "Show" } as const;
const directories = { group: "For directories" } as const;

/** What an owner says about the show; whatever is left empty comes from the blog. */
export const settings = {
  title: { type: "text", label: "Title", help: "Empty: the blog's title.", ...show },
  description: {
    type: "textarea",
    label: "Description",
    help: "Up to 4,000 letters. Empty: the blog's description.",
    max: 4000,
    ...show,
  },
  author: { type: "text", label: "Author", help: "Who makes it. Empty: the show's title.", ...show },
  cover: {
    type: "image",
    label: "Cover",
    help: "A square JPEG or PNG of at least 1400 × 1400 pixels. Directories need it.",
    testAction: { name: "cover", label: "Check the cover" },
    ...show,
  },
  fitCover: {
    type: "boolean",
    label: "Make the cover fit",
    help: "A cover that is not square, or of another format, is cut and saved anew for the feed; your picture stays as it is.",
    default: true,
    ...show,
  },
  type: {
    type: "radio",
    label: "Order",
    options: [
      { value: "episodic", label: "Newest first: each episode stands alone" },
      { value: "serial", label: "From the beginning: episodes follow each other" },
    ],
    default: "episodic",
    ...show,
  },
  items: {
    type: "number",
    label: "Episodes in the feed",
    help: "The newest ones.",
    default: 300,
    min: 1,
    max: 1000,
    ...show,
  },
  category: { type: "select", label: "Category", options: categoryOptions, ...directories },
  category2: { type: "select", label: "Second category", options: categoryOptions, ...directories },
  explicit: {
    type: "boolean",
    label: "Contains explicit language",
    help: "An episode can say otherwise.",
    default: false,
    ...directories,
  },
  language: {
    type: "text",
    label: "Language",
    help: "Such as en or pt-BR. Empty: the blog's language.",
    pattern: "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    ...directories,
  },
  medium: {
    type: "select",
    label: "What it is",
    options: [
      { value: "podcast", label: "Podcast" },
      { value: "music", label: "Music" },
      { value: "audiobook", label: "Audiobook" },
      { value: "newsletter", label: "Newsletter read aloud" },
      { value: "blog", label: "Blog read aloud" },
      { value: "course", label: "Course" },
    ],
    default: "podcast",
    ...directories,
  },
  ownerName: { type: "text", label: "Owner's name", help: "Empty: the author.", ...directories },
  ownerEmail: {
    type: "email",
    label: "Owner's e-mail",
    help: "Stands in the feed for everybody to read; some directories write there to see that the show is yours.",
    ...directories,
  },
  locked: {
    type: "boolean",
    label: "Nobody else may import this feed",
    help: "Asks other hosts not to take the show over.",
    default: true,
    ...directories,
  },
  copyright: { type: "text", label: "Copyright", ...directories },
  fundingUrl: { type: "url", label: "Support address", help: "Where listeners can support the show.", ...directories },
  fundingText: {
    type: "text",
    label: "Support words",
    help: "Such as “Support the show”, up to 128 letters.",
    pattern: ".{1,128}",
    ...directories,
  },
  guid: {
    type: "text",
    label: "Identity of the show (GUID)",
    help: "Only for a show that moved here: the podcast:guid of its old feed. Empty: made once, and kept when the blog's address changes.",
    pattern: "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    ...directories,
  },
} as const satisfies Fields;
