import { blogTables } from "./blogs/blogs.tables.ts";
import { hostTables } from "./host/host.tables.ts";
import { interactionTables } from "./interactions/interactions.tables.ts";
import { jobTables } from "./jobs/jobs.tables.ts";
import { mediaTables } from "./media/media.tables.ts";
import { exportTables } from "./residents/export/exports.tables.ts";
import { joiningTables } from "./residents/joining/joining.tables.ts";
import { peopleTables } from "./people/people.tables.ts";
import { standingTables } from "./residents/standing/standings.tables.ts";
import { autosaveTables } from "./posts/autosave/autosave.tables.ts";
import { numberTables } from "./posts/numbers.tables.ts";
import { postTables } from "./posts/posts.tables.ts";
import { targetTables } from "./posts/targets/targets.tables.ts";
import { siteTables } from "./posts/sites.tables.ts";
import { designTables } from "./render/designs.tables.ts";
import { previewTables } from "./render/previews.tables.ts";
import type { TableShape } from "./storage/columns.ts";

/** Every table of the core, as it is now. Migrations write down how it came to be. */
export const coreTables: readonly TableShape[] = [
  ...peopleTables,
  ...joiningTables,
  ...standingTables,
  ...exportTables,
  ...blogTables,
  ...postTables,
  ...numberTables,
  ...autosaveTables,
  ...targetTables,
  ...previewTables,
  ...designTables,
  ...siteTables,
  ...mediaTables,
  ...interactionTables,
  ...jobTables,
  ...hostTables,
];
