import type { Route } from "rookery/plugin";

export const widgetRoutes: readonly Route[] = [];
