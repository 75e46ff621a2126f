import type { Fields } from "rookery/plugin";

/** What an owner chooses about photos. */
export const settings = {
  perPost: {
    type: "number",
    label: "Photos in a post",
    help: "At most so many, whatever app a post comes from. The composer keeps to the setting of the blog too.",
    default: 10,
    min: 1,
    max: 20,
  },
  descriptions: {
    type: "radio",
    label: "Photos without a description",
    options: [
      { value: "none", label: "Are published" },
      { value: "warn", label: "Are published, and the first page of the dashboard says so" },
      { value: "refuse", label: "Are not published" },
    ],
    default: "none",
  },
  keepFacts: {
    type: "boolean",
    label: "Keep and show camera facts",
    help: "Of photos uploaded from now on: camera, lens, settings and the time of the camera. Place, owner and serial numbers are always taken out.",
    default: false,
  },
} as const satisfies Fields;
