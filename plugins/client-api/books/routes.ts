import type { Route } from "rookery/plugin";

export const bookRoutes: readonly Route[] = [];
