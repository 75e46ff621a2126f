import type { FieldProblem } from "../../../core/hooks/field-values.ts";
import type { Translate } from "../../texts.ts";
import { prefix } from "./sent-values.ts";

/** What is wrong, in the reader's language. */
export function problemSentence(t: Translate, problem: FieldProblem): string {
  return t(`field.${problem.key}`, problem.values);
}

/** What is wrong with a form, by the ids of its controls, for the summary on top. */
export function problemSummary(t: Translate, problems: Readonly<Record<string, FieldProblem>>): Record<string, string> {
  return Object.fromEntries(Object.entries(problems).map(([key, problem]) => [prefix + key, problemSentence(t, problem)]));
}
