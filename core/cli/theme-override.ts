import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import { audit } from "../people/audit.ts";
import { ownCopies } from "../render/overrides/own-copies.ts";
import { removeOwnCopy, setOwnCopy } from "../render/overrides/save-copy.ts";
import type { Themes } from "../render/themes/themes.ts";
import { need, needWord, noSuch, UsageError, type Console, type Typed } from "./command.ts";
import { needBlog, ownerScope, withHouse } from "./with-house.ts";

/** `rookery theme override`: a blog's own copies of its theme's templates. */
export async function ownTemplate(typed: Typed, console: Console): Promise<void> {
  const action = needWord(typed, 1, "set, list or remove");
  const actions = ["set", "list", "remove"];
  if (!actions.includes(action)) throw noSuch("rookery theme override", action, actions);
  const address = need(typed, "blog");
  const template = action === "list" ? "" : needWord(typed, 2, "TEMPLATE");
  const source = action === "set" ? await console.input() : "";
  if (action === "set" && source.trim() === "") throw new UsageError("There is no source: send the template on stdin.");
  await withHouse(console, async (house) => {
    const scope = await ownerScope(house, await needBlog(house, address));
    if (action === "list") return list(scope, house.themes, typed, console);
    const theme = scope.blog!.theme;
    if (action === "set") {
      const name = await setOwnCopy(scope, house.themes, template, source);
      await note(scope, "theme.override-set", name);
      return console.out(`${scope.blog!.host} has its own ${name} of ${theme} now.`);
    }
    if (!(await removeOwnCopy(scope, { template })))
      throw new PublicError(
        "theme.no-copy",
        `There is no own “${template.slice(0, 120)}” of ${theme}: rookery theme override list.`,
      );
    await note(scope, "theme.override-removed", template);
    console.out(`${template} is the theme's own again.`);
  });
}

async function list(scope: Scope, themes: Themes, typed: Typed, console: Console): Promise<void> {
  const copies = await ownCopies(scope, themes);
  if (typed.is("json")) return console.out(JSON.stringify(copies));
  for (const { theme, template, state, reason } of copies) console.out([theme, template, state, reason].join("\t").trimEnd());
}

async function note(scope: Scope, action: string, subject: string): Promise<void> {
  const by = { accountId: scope.principal.accountId, blogId: scope.blog!.id, via: "cli" };
  await scope.storage.write((db) => audit(db, { action, subject, ...by }, scope.clock.now()));
}
