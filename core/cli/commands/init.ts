import { PublicError } from "../../errors.ts";
import { hasAdmin } from "../../people/accounts.ts";
import { need, UsageError, type Command } from "../command.ts";
import { makePerson, personFields, readPassword } from "../people.ts";
import { setNames, switchOnSet } from "../../host/plugin-sets.ts";
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
  fields: personFields,
  async run(typed, console) {
    const [title, username] = [need(typed, "title"), need(typed, "username")];
    const set = setNames.find((name) => name === (typed.text("set") ?? "blog"));
    if (!set) throw new UsageError("--set is blog, community or none.");
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
        for (const { plugin, why } of await switchOnSet(house.host, set, person.id))
          console.err(`${plugin.name} is not on: ${why}`);
        // The address belongs to the environment, so that a moved installation does not carry the old one along.
        if (url !== undefined && console.env.ROOKERY_URL !== url)
          console.err(`Set ROOKERY_URL=${house.site.url} for rookery start too.`);
        console.out(blog!.url);
      },
      true,
    );
  },
};
