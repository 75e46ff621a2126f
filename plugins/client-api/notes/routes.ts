import type { Route } from "rookery/plugin";

export const noteRoutes: readonly Route[] = [];
