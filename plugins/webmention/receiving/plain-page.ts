import { xmlAttribute, xmlText, type Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";

type Page = {
  readonly title: string;
  readonly words: readonly string[];
  readonly form?: { readonly action: string; readonly source: string; readonly target: string };
};

/** A small page of its own, for senders who look by hand. It needs neither style nor script. */
export function plainPage(context: Own, { title, words, form }: Page): Reply {
  const { blog, t } = context;
  const dir = /^(?:ar|fa|he|ur)\b/.test(blog.language) ? "rtl" : "ltr";
  const field = (name: "source" | "target") =>
    `<p><label>${xmlText(t(`form.${name}`))}<br><input type="url" name="${name}" required maxlength="2048" size="40" value="${xmlAttribute(form![name].slice(0, 2048))}"></label></p>`;
  const body = form
    ? `<form method="post" action="${xmlAttribute(form.action)}">${field("source")}${field("target")}<p><button>${xmlText(t("form.send"))}</button></p></form>`
    : "";
  const html =
    `<!doctype html><html lang="${xmlAttribute(blog.language)}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${xmlText(title)}</title></head><body><main><h1>${xmlText(title)}</h1>` +
    `${words.map((one) => `<p dir="auto">${xmlText(one)}</p>`).join("")}${body}` +
    `<p><a href="${xmlAttribute(blog.url)}">${xmlText(blog.title)}</a></p></main></body></html>`;
  return { html, headers: { "cache-control": "no-store", vary: "Accept" } };
}
