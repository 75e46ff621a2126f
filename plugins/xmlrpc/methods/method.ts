import type { RouteRequest } from "rookery/plugin";
import type { Params } from "../params.ts";
import type { Answer } from "../wire/write-answer.ts";

/** What a method does with the values of a call. A Fault for what cannot be done. */
export type Method = (params: Params, request: RouteRequest) => Answer | Promise<Answer>;
export type Methods = Readonly<Record<string, Method>>;
