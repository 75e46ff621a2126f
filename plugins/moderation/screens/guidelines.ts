import { markdownToHtml, MarkdownRefused } from "rookery/plugin";
import { ownOf, type Request } from "./request.ts";

/** How people treat each other here, in the admin's words or those that come with Rookery. */
export function guidelinesPage(request: Request) {
  const { context, account } = request;
  const text = (ownOf(request).settings.guidelines ?? "").trim();
  return {
    template: "guidelines",
    data: {
      html: htmlOf(text === "" ? context.t("guidelines.text") : text),
      isUsual: text === "",
      appealsAt: account ? request.at("/appeal") : null,
      settingsAt: account?.role === "admin" ? "/admin/plugins/moderation" : null,
    },
  };
}

function htmlOf(text: string): string {
  try {
    return markdownToHtml(text, "own");
  } catch (error) {
    // Thousands of links: the words alone will do.
    if (!(error instanceof MarkdownRefused)) throw error;
    return markdownToHtml(text.replace(/[[\](){}<>]|https?:/g, " "), "own");
  }
}
