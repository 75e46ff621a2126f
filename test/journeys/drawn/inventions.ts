import type { InventedBlog } from "./invented-blog.ts";
import { river, essays, pictures } from "./quiet-inventions.ts";
import { fair, log, paper } from "./busy-inventions.ts";

/** One blog for each visible theme, made of what that theme is for. */
export const inventions: readonly InventedBlog[] = [river, essays, pictures, log, paper, fair];
