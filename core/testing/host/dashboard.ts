import { existsSync } from "node:fs";
import type { House } from "../../house.ts";
import type { ScreenSet } from "../../web/screen.types.ts";

/** The dashboard's screens, those of plugins among them; none where there is no dashboard. */
export async function dashboardOf(house: House): Promise<ScreenSet> {
  // By its place, as the server finds it: the core imports no screen.
  const place = new URL("../../../admin/routes.ts", import.meta.url);
  if (!existsSync(place)) return [];
  const { adminRoutes } = (await import(place.href)) as { adminRoutes(house: House): Promise<ScreenSet> };
  const sharing = new URL("../../../admin/shared-assets.testing.ts", import.meta.url);
  if (existsSync(sharing)) {
    const { shareAssets } = (await import(sharing.href)) as { shareAssets(dataFolder: string): void };
    shareAssets(house.settings.dataFolder);
  }
  return adminRoutes(house);
}
