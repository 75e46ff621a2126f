import type { Route } from "rookery/plugin";

export const hybridRoutes: readonly Route[] = [];
