import { PublicError } from "../../errors.ts";
import { hasAdmin } from "../../people/accounts.ts";
import { need, UsageError, type Command } from "../command.ts";
import { makePerson, readPassword } from "../people.ts";
import { pluginSets, type PluginSet } from "../plugin-sets.ts";
import { withHouse } from "../with-house.ts";

export const command: Command = {
  summary: "Sets Rookery up without the wizard: an admin, a blog, a set of plugins.",
  usage: ["init --title T --username U --password-stdin [--email E] [--url URL] [--set blog|community|none]"],
  options: {
    title: { type: "string" },
    username: { type: "string" },
    email: { type: "string" },
    url: { type: "string" },
    set: { type: "string" },
    "password-stdin": { type: "boolean" },
  },
  async run(typed, console) {
    const [title, username] = [need(typed, "title"), need(typed, "username")];
    const set = typed.text("set") ?? "blog";
    if (!Object.hasOwn(pluginSets, set)) throw new UsageError("--set is blog, community or none.");
    const password = await readPassword(typed, console);
    const url = typed.text("url");
    const env = url === undefined ? console.env : { ...console.env, ROOKERY_URL: url };
    await withHouse(
      { ...console, env },
      async (house) => {
        if (await hasAdmin(house.storage))
          throw new PublicError("init.done", "Rookery is set up already: rookery account create makes more people.");
        const wanted = { username, email: typed.text("email") ?? null, password, role: "admin", title } as const;
        const { person, blog } = await makePerson(house, wanted);
        const there = new Set((await house.host.list()).map((plugin) => plugin.id));
        for (const id of pluginSets[set as PluginSet]) if (there.has(id)) await house.host.enable(id, { accountId: person.id });
        // The address belongs to the environment, so that a moved installation does not carry the old one along.
        if (url !== undefined && console.env.ROOKERY_URL !== url)
          console.err(`Set ROOKERY_URL=${house.site.url} for rookery start too.`);
        console.out(blog!.url);
      },
      true,
    );
  },
};
