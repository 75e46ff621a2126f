import type { Account } from "../../core/hooks/values.ts";
import type { AdminRequest } from "../request.ts";

const milliseconds = 250;

/**
 * The addresses of plugins' screens that have something new for whoever reads (`hasNews`), among those they can go to. What fails or takes
 * too long has nothing new.
 */
export async function screensWithNews(
  { house, scope }: Pick<AdminRequest, "house" | "scope">,
  account: Account,
  hrefs: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const generation = house.host.current;
  const asked = generation.screens
    .listed()
    .filter(({ screen }) => screen.hasNews && screen.on === "hub" && hrefs.has(screen.path));
  const answers = await Promise.all(
    asked.map(async ({ plugin, screen }) => {
      const answer = await generation.run({ ...scope, blog: null }, plugin, {
        name: `news of ${screen.path}`,
        limit: milliseconds,
        work: (context) => screen.hasNews!({ account, context }),
      });
      return answer.ok && answer.value === true ? [screen.path] : [];
    }),
  );
  return new Set(answers.flat());
}
