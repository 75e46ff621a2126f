import { stamp } from "../../clock.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { TemplateError } from "../theme-engine/engine.ts";
import type { Notice } from "../render.types.ts";
import type { Override } from "../themes/template-chain.ts";

const tries = 3;
const within = 10 * 60_000;
const noticeEvery = 60 * 60_000;
const mostKept = 1000;

/** Remembers which templates failed when: the third failure of a blog's own copy within ten minutes switches it off. */
export class Failures {
  readonly #times = new Map<string, number[]>();
  readonly #told = new Map<string, number>();

  /** Notes a failure and gives what its owner should know. An own copy that failed once too often is switched off. */
  async note(scope: Scope, error: TemplateError, override: Override | undefined): Promise<Notice> {
    const blog = blogOf(scope);
    const isDeactivated = override !== undefined && this.#isOnceTooOften(`${blog.id} ${error.template}`, scope);
    if (isDeactivated) await deactivate(scope, override, error);
    return {
      blogId: blog.id,
      template: error.template,
      line: error.line,
      message: error.message,
      isOwn: override !== undefined,
      isDeactivated,
    };
  }

  /** Whether the owner is to be told now: about each template once an hour, and always when a copy was switched off. */
  isNews(scope: Scope, notice: Notice): boolean {
    const key = `${notice.blogId} ${notice.template}`;
    const now = scope.clock.now().getTime();
    const isOld = now - (this.#told.get(key) ?? -Infinity) < noticeEvery;
    if (isOld && !notice.isDeactivated) return false;
    keep(this.#told, key, now);
    return true;
  }

  #isOnceTooOften(key: string, scope: Scope): boolean {
    const now = scope.clock.now().getTime();
    const times = [...(this.#times.get(key) ?? []).filter((time) => now - time < within), now];
    if (times.length < tries) {
      keep(this.#times, key, times);
      return false;
    }
    this.#times.delete(key);
    return true;
  }
}

async function deactivate(scope: Scope, override: Override, error: TemplateError): Promise<void> {
  const blog = blogOf(scope);
  const bare = override.template.replace(/\.njk$/, "");
  await scope.storage.write(async (db) => {
    const changed = await db.run(
      "UPDATE theme_overrides SET state = 'failed', reason = ?, updated_at = ? " +
        "WHERE blog_id = ? AND theme = ? AND template IN (?, ?) AND version = ? AND state = 'active'",
      [
        `Line ${error.line}: ${error.message}`,
        stamp(scope.clock.now()),
        blog.id,
        override.theme,
        override.template,
        bare,
        override.version,
      ],
    );
    if (changed > 0) await scope.touch(db, blog.id);
  });
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key) && map.size >= mostKept) map.delete(map.keys().next().value!);
  map.set(key, value);
}
