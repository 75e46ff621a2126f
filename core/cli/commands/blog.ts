import { listBlogs, makeBlogWithOwner } from "../../blogs/blogs.ts";
import { PublicError } from "../../errors.ts";
import { checkDomain } from "../../blogs/domains/check-domain.ts";
import { hostFromAddress } from "../../blogs/host-names.ts";
import { moveHome } from "../../blogs/domains/move-home.ts";
import { addDomain, hostsOf, markVerified, removeDomain } from "../../blogs/hosts.ts";
import type { House } from "../../house.ts";
import { audit } from "../../people/audit.ts";
import { setDefaultBlog } from "../../people/accounts.ts";
import { need, needWord, noSuch, type Command, type Console, type Typed } from "../command.ts";
import { needPerson } from "../people.ts";
import { needBlog, withHouse } from "../with-house.ts";

export const command: Command = {
  summary: "Blogs: make, list, give domains.",
  usage: [
    "blog create --name NAME --username OWNER [--title T]",
    "blog list [--json]",
    "blog domain list|add|remove|main [DOMAIN] --blog ADDRESS [--json]",
    "blog domain verify DOMAIN --blog ADDRESS [--force]",
  ],
  options: {
    name: { type: "string" },
    username: { type: "string" },
    title: { type: "string" },
    blog: { type: "string" },
    json: { type: "boolean" },
    force: { type: "boolean" },
  },
  fields: {
    "blog.name": "--name",
    "blog.host-taken": "--name",
    "account.unknown": "--username",
    "blog.unknown": "--blog",
    "domain.refused": "DOMAIN",
    "domain.unknown": "DOMAIN",
  },
  run(typed, console) {
    const action = needWord(typed, 0, "create, list or domain");
    if (action === "create") return create(typed, console);
    if (action === "list") return list(typed, console);
    if (action === "domain") return domain(typed, console);
    throw noSuch("rookery blog", action, ["create", "list", "domain"]);
  },
};

async function create(typed: Typed, console: Console): Promise<void> {
  const [name, username] = [need(typed, "name"), need(typed, "username")];
  await withHouse(console, async (house) => {
    const owner = await needPerson(house, username);
    const now = house.clock.now();
    const title = typed.text("title");
    const blog = await house.storage.write(async (db) => {
      const made = await makeBlogWithOwner(
        db,
        { name, ownerId: owner.id, ...(title !== undefined && { title }) },
        house.site,
        now,
      );
      if (owner.defaultBlogId === null) await setDefaultBlog(db, owner.id, made.id, now);
      await audit(db, { action: "blog.created", subject: made.host, accountId: owner.id, blogId: made.id, via: "cli" }, now);
      return made;
    });
    const scope = house.scopeOf(owner, blog, "cli");
    await scope.taps.event(scope, "blog.created", { blog });
    console.out(blog.url);
  });
}

async function list(typed: Typed, console: Console): Promise<void> {
  await withHouse(console, async (house) => {
    const blogs = [];
    for (let page = await listBlogs(house.storage, house.site, { limit: 1000 }); page.length > 0;) {
      blogs.push(...page);
      page = await listBlogs(house.storage, house.site, { after: page.at(-1)!.host, limit: 1000 });
    }
    if (typed.is("json"))
      return console.out(JSON.stringify(blogs.map(({ host, url, title, theme }) => ({ host, url, title, theme }))));
    for (const blog of blogs) console.out(`${blog.url}\t${blog.title}`);
  });
}

async function domain(typed: Typed, console: Console): Promise<void> {
  const action = needWord(typed, 1, "list, add, verify, remove or main");
  const address = need(typed, "blog");
  const actions = ["list", "add", "verify", "remove", "main"];
  if (!actions.includes(action)) throw noSuch("rookery blog domain", action, actions);
  const word = action === "list" ? "" : needWord(typed, 2, "DOMAIN");
  const name = hostFromAddress(word) ?? word.toLowerCase();
  await withHouse(console, async (house) => {
    const blog = await needBlog(house, address);
    const now = house.clock.now();
    if (action === "list") {
      const hosts = await hostsOf(house.storage, blog.id);
      if (typed.is("json")) return console.out(JSON.stringify(hosts.map(({ host, state, isMain }) => ({ host, state, isMain }))));
      for (const { host, state, isMain } of hosts) console.out(`${host}\t${state}${isMain ? "\tmain" : ""}`);
      return;
    }
    if (action === "verify" && !typed.is("force")) return verify(house, console, { blogId: blog.id, host: name });
    await house.storage.write(async (db) => {
      if (action === "remove") await removeDomain(db, blog.id, name);
      if (action === "main") await moveHome(house.scope({ blog, via: "cli" }), db, blog, name);
      if (action === "verify") await markVerified(db, blog.id, name);
      if (action === "add") {
        const { host, token } = await addDomain(db, blog.id, name, { hub: house.site, now });
        db.afterCommit(() =>
          console.out(
            `Set the TXT record _rookery.${host} to ${token}. rookery blog domain verify ${host} --blog ${blog.host} looks it up.`,
          ),
        );
      }
      const detail = action === "verify" ? { detail: { isForced: true } } : {};
      await audit(db, { action: `domain.${action}`, subject: name, blogId: blog.id, via: "cli", ...detail }, now);
    });
    if (action === "verify") console.out(`${name} leads to the blog now; rookery blog domain main makes it the address.`);
    if (action === "main") console.out(`${name} is the blog's address now.`);
    if (action === "remove") console.out(`${name} no longer leads to the blog.`);
  });
}

async function verify(house: House, console: Console, domain: { blogId: string; host: string }): Promise<void> {
  const parts = { records: house.records, fetch: house.fetch, hub: house.site };
  const by = { accountId: null, via: "cli" };
  const check = await checkDomain(house.storage, parts, { ...domain, by }, house.clock.now());
  const { state, token } = (await hostsOf(house.storage, domain.blogId)).find(({ host }) => host === domain.host)!;
  if (state !== "active") {
    const found = check.isSilent
      ? "the name servers do not answer"
      : check.texts.map((text) => `“${text}”`).join(", ") || "nothing";
    throw new PublicError(
      "domain.not-proven",
      `The TXT record _rookery.${domain.host} should be ${token}; found: ${found}. Set it and look again, or add --force when you know better.`,
      409,
      { host: domain.host },
    );
  }
  const here = check.leadsHere ? "leads here" : "does not lead here yet: set its A, AAAA or CNAME record";
  console.out(`${domain.host} is the blog's and ${here}; rookery blog domain main makes it the address.`);
}
