import type { Route } from "rookery/plugin";

export const postRoutes: readonly Route[] = [];
