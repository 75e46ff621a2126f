import type { Route } from "rookery/plugin";

export const bookmarkRoutes: readonly Route[] = [];
