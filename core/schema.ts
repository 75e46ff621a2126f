import { blogTables } from "./blogs/blogs.tables.ts";
import { hostTables } from "./host/host.tables.ts";
import { interactionTables } from "./interactions/interactions.tables.ts";
import { jobTables } from "./jobs/jobs.tables.ts";
import { mediaTables } from "./media/media.tables.ts";
import { peopleTables } from "./people/people.tables.ts";
import { postTables } from "./posts/posts.tables.ts";
import type { TableShape } from "./storage/columns.ts";

/** Every table of the core, as it is now. Migrations write down how it came to be. */
export const coreTables: readonly TableShape[] = [
  ...peopleTables,
  ...blogTables,
  ...postTables,
  ...mediaTables,
  ...interactionTables,
  ...jobTables,
  ...hostTables,
];
