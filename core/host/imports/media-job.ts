import type { Json } from "../../hooks/values.ts";
import type { NewJob } from "../../jobs/job.ts";
import type { Import } from "./import-rows.ts";

/** The name of the core's job that fetches the files posts of an import show. */
export const mediaJob = "fetch-import-media";

/** Where fetching is: first it looks which files posts show, then it fetches them; `after` is the last post it is done with. */
export type MediaStep = {
  readonly step: "look" | "fetch";
  readonly after: string;
  /** How often this page was tried because the old site did not answer. */
  readonly tries: number;
};

/** The job for the next page of posts. */
export function mediaJobFor({ id, blogId }: Pick<Import, "id" | "blogId">, at: MediaStep, runAt: Date): NewJob {
  return { pluginId: "core", name: mediaJob, blogId, data: { importId: id, ...at }, runAt, key: id };
}

/** What such a job carries. Throws when it carries something else. */
export function mediaStepOf(data: Json): MediaStep & { readonly importId: string } {
  const { importId, step, after, tries } = data as Record<string, Json>;
  if (typeof importId !== "string" || typeof after !== "string" || typeof tries !== "number")
    throw Object.assign(new Error("The job does not say which import it is for"), { permanent: true });
  return { importId, step: step === "fetch" ? "fetch" : "look", after, tries };
}
