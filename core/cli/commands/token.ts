import { roleOn } from "../../blogs/memberships.ts";
import { PublicError } from "../../errors.ts";
import { createAppToken } from "../../people/app-tokens.ts";
import { audit } from "../../people/audit.ts";
import { need, needWord, noSuch, type Command } from "../command.ts";
import { needPerson } from "../people.ts";
import { needBlog, withHouse } from "../with-house.ts";

export const command: Command = {
  summary: "App tokens: make one and print it, nothing else.",
  usage: ['token create --username U [--blog ADDRESS] --scope "create update delete media" [--name NAME]'],
  options: { username: { type: "string" }, blog: { type: "string" }, scope: { type: "string" }, name: { type: "string" } },
  fields: {
    "token.scope": "--scope",
    "token.metrics": "--scope",
    "token.member": "--blog",
    "blog.unknown": "--blog",
    "account.unknown": "--username",
  },
  async run(typed, console) {
    const action = needWord(typed, 0, "create");
    if (action !== "create") throw noSuch("rookery token", action, ["create"]);
    const [username, scope] = [need(typed, "username"), need(typed, "scope")];
    await withHouse(console, async (house) => {
      const person = await needPerson(house, username);
      const address = typed.text("blog");
      const blogId = address === undefined ? person.defaultBlogId : (await needBlog(house, address)).id;
      if (blogId !== null && (await roleOn(house.storage, blogId, person.id)) === null)
        throw new PublicError(
          "token.member",
          `${username} does not write on ${address ?? "that blog"}: name one of their blogs.`,
        );
      const now = house.clock.now();
      const wanted = {
        accountId: person.id,
        blogId,
        name: typed.text("name") ?? "Command line",
        scopes: scope.split(/[\s,]+/).filter(Boolean),
      };
      const { token } = await house.storage.write(async (db) => {
        const made = await createAppToken(db, wanted, now);
        await audit(db, { action: "token.created", subject: made.id, accountId: person.id, blogId, via: "cli" }, now);
        return made;
      });
      console.out(token);
    });
  },
};
