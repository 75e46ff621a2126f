import { runTemplate } from "./compile/others.ts";
import type { Environment } from "./environment.ts";
import { Refusal, TemplateError } from "./errors.ts";
import { Context, Frame } from "./frame.ts";
import { State } from "./state.ts";
import type { Template } from "./template.ts";
import { isForbidden, read } from "./values.ts";

/**
 * Renders a page. Synchronous, changes nothing outside; throws TemplateError only. Of the context the own data fields
 * count; functions in it or in the globals can be called when they are branded.
 */
export function render(template: Template, context: Readonly<Record<string, unknown>>, environment: Environment): string {
  const state = new State(environment, template.name);
  // The page's data before the globals, in one map: most of what a template names is a function.
  const base = new Map(environment.globals);
  for (const name of Object.keys(context)) if (!isForbidden(name)) base.set(name, read(context, name));
  try {
    runTemplate(state, template, new Context({ base, bound: state.bound }, template), new Frame(state.bound, null, false, true));
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    explain(state, error);
  }
  return state.out;
}

function explain(state: State, error: unknown): never {
  const { calling } = state;
  if (error instanceof Refusal) state.fail("type", error.message);
  if (calling === "" && error instanceof RangeError) state.fail("limit-depth", "The templates are nested too deeply.");
  state.environment.failed?.(calling, error);
  return state.fail("helper", calling === "" ? "The template cannot be rendered here." : `"${calling}" could not do this.`);
}
