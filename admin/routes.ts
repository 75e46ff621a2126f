import { join } from "node:path";
import type { ScreenSet } from "../core/web/screen.types.ts";
import { buildAssets, type Assets } from "./build.ts";
import type { AdminHouse } from "./house.ts";
import { lateScreens } from "./plugin-screens/late-screens.ts";
import { toScreen, type AdminScreen } from "./request.ts";
import { accountScreens } from "./screens/account/routes.ts";
import { backupScreens } from "./screens/backups/routes.ts";
import { categoryScreens } from "./screens/categories/routes.ts";
import { composeScreens } from "./screens/compose/routes.ts";
import { designScreens } from "./screens/design/routes.ts";
import { findScreens } from "./screens/find/routes.ts";
import { healthScreens } from "./screens/health/routes.ts";
import { homeScreens } from "./screens/home/routes.ts";
import { importScreens } from "./screens/import/routes.ts";
import { jobScreens } from "./screens/jobs/routes.ts";
import { mailScreens } from "./screens/mail/routes.ts";
import { mediaScreens } from "./screens/media/routes.ts";
import { navigationScreens } from "./screens/navigation/routes.ts";
import { pageScreens } from "./screens/pages/routes.ts";
import { pluginScreens } from "./screens/plugins/routes.ts";
import { postScreens } from "./screens/posts/routes.ts";
import { replyListScreens } from "./screens/replies/routes.ts";
import { scheduleScreens } from "./screens/schedule/routes.ts";
import { redirectScreens } from "./screens/redirects/routes.ts";
import { settingsScreens } from "./screens/settings/routes.ts";
import { setupScreens } from "./screens/setup/routes.ts";
import { blogScreens } from "./screens/blogs/routes.ts";
import { dangerScreens } from "./screens/danger/routes.ts";
import { exportScreens } from "./screens/export/routes.ts";
import { invitationScreens } from "./screens/invitation/routes.ts";
import { leaveScreens } from "./screens/leave/routes.ts";
import { logScreens } from "./screens/log/routes.ts";
import { memberScreens } from "./screens/members/routes.ts";
import { ownBlogScreens } from "./screens/own-blogs/routes.ts";
import { peopleScreens } from "./screens/people/routes.ts";
import { signUpScreens } from "./screens/signup/routes.ts";
import { siteScreens } from "./screens/site/routes.ts";
import { themeScreens } from "./screens/themes/routes.ts";
import { signInScreens } from "./screens/signin/routes.ts";

/** The screens of the dashboard; add yours here. */
export const screens: readonly AdminScreen[] = [
  ...setupScreens,
  ...signInScreens,
  ...signUpScreens,
  ...invitationScreens,
  ...leaveScreens,
  ...exportScreens,
  ...ownBlogScreens,
  ...memberScreens,
  ...dangerScreens,
  ...peopleScreens,
  ...blogScreens,
  ...logScreens,
  ...homeScreens,
  ...findScreens,
  ...composeScreens,
  ...postScreens,
  ...replyListScreens,
  ...scheduleScreens,
  ...pageScreens,
  ...categoryScreens,
  ...navigationScreens,
  ...redirectScreens,
  ...designScreens,
  ...settingsScreens,
  ...importScreens,
  ...mediaScreens,
  ...accountScreens,
  ...pluginScreens,
  ...themeScreens,
  ...siteScreens,
  ...jobScreens,
  ...mailScreens,
  ...healthScreens,
  ...backupScreens,
];

/** Every screen of the dashboard and, late, those of plugins, with its style sheet and script built (or found built) in the data folder. */
export async function adminRoutes(house: AdminHouse): Promise<ScreenSet> {
  const assets = await buildAssets(join(house.settings.dataFolder, "cache", "admin"));
  const all = [...screens, assetScreen(assets)];
  const pages = new Set(all.filter(({ method }) => method === "GET").map(({ path }) => path));
  const dashboard = { house, assets, pages };
  await house.host.keepFree(all.map(({ method, path }) => ({ method, path })));
  const mounted = all.map((screen) => toScreen(dashboard, screen));
  return Object.assign(mounted, { late: lateScreens(dashboard) });
}

function assetScreen(assets: Assets): AdminScreen {
  const byFile = new Map([...assets.values()].map((asset) => [asset.file, asset]));
  return {
    method: "GET",
    path: "/admin/assets/:file",
    access: "public",
    run: ({ params }) => {
      const asset = byFile.get(params.file ?? "");
      if (!asset) return { status: 404, text: "There is no such file.\n" };
      return {
        bytes: asset.bytes,
        headers: { "content-type": asset.type, "cache-control": "public, max-age=31536000, immutable" },
      };
    },
  };
}
