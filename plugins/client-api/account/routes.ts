import type { Route } from "rookery/plugin";

export const accountRoutes: readonly Route[] = [];
