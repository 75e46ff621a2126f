import { PublicError } from "rookery/plugin";
import { discover, type Choice } from "../discover.ts";
import { addSource } from "../owners.ts";
import { ownOf, type Request } from "./request.ts";

/** The form that takes an address. */
export function addPage(request: Request) {
  return page(request, (request.query.get("url") ?? "").slice(0, 2_048));
}

/** Finds the feed of the address, asks which when there are several, and adds it. */
export async function addForm(request: Request) {
  const { fields } = await request.form();
  const context = ownOf(request);
  const typed = (fields.get("feed") || fields.get("url") || "").slice(0, 2_048).toWellFormed();
  await context.limit(`add ${request.account!.id}`, { times: 20, seconds: 600 });
  const found = await discover(context, typed);
  if (found.kind === "several") return page(request, typed, "", found.choices);
  if (found.kind === "none") return page(request, typed, context.t(`problem.${found.problem}`));
  try {
    const id = await addSource(context, request.account!.id, found.url, found.feed);
    return request.redirect(request.at(`/sources/${id}`), context.t("added"));
  } catch (error) {
    if (error instanceof PublicError) return page(request, typed, context.t(`error.${error.key}`));
    throw error;
  }
}

function page(request: Request, url: string, error = "", choices: readonly Choice[] = []) {
  const options = choices.map((choice) => ({
    value: choice.url,
    label: choice.title ? `${choice.title} (${choice.url})` : choice.url,
  }));
  const data = {
    url,
    error: error || null,
    options,
    first: options[0]?.value ?? "",
    action: request.at("/sources/new"),
    back: request.at("/sources"),
  };
  return { template: "add", status: error === "" ? 200 : 422, data };
}
