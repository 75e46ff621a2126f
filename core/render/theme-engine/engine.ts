/** The theme template engine: compile a source once, render it with data and an environment. See README.md. */
export { analyse } from "./analyse.ts";
export type { Analysis, Mention } from "./analyse.ts";
export { brand, brandObject, hasBrand } from "./brands.ts";
export type { Helper, HelperFacts } from "./brands.ts";
export { compile } from "./compile.ts";
export { createEnvironment, withGlobals } from "./environment.ts";
export type { Check, Environment, EnvironmentOptions, Filter } from "./environment.ts";
export { Refusal, TemplateError } from "./errors.ts";
export type { Place, TemplateErrorCode } from "./errors.ts";
export { escape, Html, html, isHtml } from "./html.ts";
export { defaultLimits } from "./limits.ts";
export type { Limits } from "./limits.ts";
export { render } from "./render.ts";
export type { State } from "./state.ts";
export type { Template } from "./template.ts";
export { writtenDate } from "./written-dates.ts";
