import type { LateScreens } from "../../core/web/screen.types.ts";
import { toScreen, type Dashboard } from "../request.ts";
import { runPluginScreen } from "./run-plugin-screen.ts";
import { hubAccess } from "./screen-place.ts";

/** The screens of the plugins that are on at the moment of asking. */
export function lateScreens(dashboard: Dashboard): LateScreens {
  return {
    find(method, path) {
      const match = dashboard.house.host.current.screens.match(method, path);
      if (!match) return null;
      const { screen, params } = match;
      // A role on a blog is nobody's who is not signed in.
      const unsent = screen.on === "hub" ? screen.unsent : undefined;
      const mounted = toScreen(dashboard, {
        method: screen.method ?? "GET",
        path,
        access: hubAccess(screen.access),
        run: (request) => runPluginScreen(request, match),
        ...(unsent && { unsent: (request) => runPluginScreen(request, { ...match, screen: { ...screen, run: unsent } }) }),
      });
      return { screen: mounted, params };
    },
  };
}
