import { nearestName } from "../settings/nearest-name.ts";
import type { Plugin } from "./manifest.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const places = ["blog", "hub", "admin"];
const accesses = ["public", "member", "owner", "admin"];
const bodies = ["form", "json", "raw", "multipart"];
const steps = ["install", "upgrade", "activate", "deactivate", "erase"];

/** The first route, job or step of its life that nobody could call, as a sentence: loaded from disk, no compiler has looked at it. */
export function callablesProblem({ routes = [], jobs = {}, lifecycle = {} }: Plugin): string | null {
  for (const route of routes) {
    const path = String(route.path);
    const oneOf = (what: string, value: unknown, known: readonly string[]) =>
      known.includes(String(value))
        ? null
        : `route “${path}” has the ${what} “${String(value)}”; there are: ${known.join(", ")}.`;
    const on = [route.on].flat();
    const wrong =
      oneOf("method", route.method, methods) ??
      (on.length === 0 ? oneOf("place (on)", undefined, places) : null) ??
      on.map((place) => oneOf("place (on)", place, places)).find(Boolean) ??
      oneOf("access", route.access, accesses) ??
      (route.body === undefined ? null : oneOf("body", route.body, bodies));
    if (wrong) return wrong;
    if (typeof route.run !== "function") return `route “${path}” has nothing to run.`;
  }
  for (const [name, job] of Object.entries(jobs))
    if (typeof job?.run !== "function") return `job “${name}” has nothing to run: say { run: async (data, context) => … }.`;
  for (const step of Object.keys(lifecycle)) if (!steps.includes(step)) return noSuch("step of its life", step, steps);
  return null;
}

/** That there is nothing of that name, and what was meant perhaps. */
export function noSuch(what: string, name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return `there is no ${what} “${name}”${near ? `; did you mean “${near}”?` : `.`}`;
}
