import { sentenceOf } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Notice } from "../render.types.ts";
import type { TemplateError } from "../theme-engine/engine.ts";
import type { Override } from "../themes/template-chain.ts";
import type { Themes } from "../themes/themes.ts";

/** What failed on the way to one page, and who can say which of it was the blog's own. */
export type Failed = {
  readonly errors: readonly TemplateError[];
  readonly isPreview: boolean;
  overrideOf(template: string): Override | undefined;
};

/** Notes what failed, tells the log and the owner when that is news, and gives it back for whoever looks at a preview. */
export async function tellOwner(scope: Scope, themes: Themes, { errors, isPreview, overrideOf }: Failed): Promise<Notice[]> {
  const once = new Map(errors.map((error) => [error.template, error]));
  const notices: Notice[] = [];
  for (const error of once.values()) {
    const override = overrideOf(error.template);
    const notice = isPreview ? noticeOf(scope, error, override) : await themes.failures.note(scope, error, override);
    notices.push(notice);
    if (!isPreview) await pass(scope, themes, notice);
  }
  if (notices.some((notice) => notice.isDeactivated)) themes.facts.forget(blogOf(scope).id);
  return notices;
}

/** Tells the owner that the theme of their blog is gone or broken, so that the pages are drawn without it. */
export async function tellOfTheme(scope: Scope, themes: Themes, problem: string): Promise<void> {
  const blog = blogOf(scope);
  await pass(scope, themes, {
    blogId: blog.id,
    template: `${blog.theme}/theme.json`,
    line: 0,
    message: problem,
    isOwn: false,
    isDeactivated: false,
  });
}

function noticeOf(scope: Scope, error: TemplateError, override: Override | undefined): Notice {
  const { template, line, message } = error;
  return { blogId: blogOf(scope).id, template, line, message, isOwn: override !== undefined, isDeactivated: false };
}

async function pass(scope: Scope, themes: Themes, notice: Notice): Promise<void> {
  if (!themes.failures.isNews(scope, notice)) return;
  scope.log.warn(`A template failed: ${notice.message}`, { blog: notice.blogId, template: notice.template, line: notice.line });
  try {
    await themes.onNotice(scope, notice);
  } catch (error) {
    // The reader gets the page, whatever happens to the letter.
    scope.log.error(`The owner could not be told of a template that failed: ${sentenceOf(error)}`, { blog: notice.blogId });
  }
}
