import type { Route } from "rookery/plugin";

export const userRoutes: readonly Route[] = [];
