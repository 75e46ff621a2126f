import type { Route } from "rookery/plugin";

export const readerRoutes: readonly Route[] = [];
