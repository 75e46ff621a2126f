import type { Account } from "../../hooks/values.ts";
import { listPeople, setRole } from "../../people/accounts.ts";
import { recallAccount, restoreAccount, suspendAccount } from "../../residents/standing/account-standing.ts";
import { audit } from "../../people/audit.ts";
import { mailNotice } from "../../people/mail/notices.ts";
import { createLink } from "../../people/one-time-links.ts";
import { switchOffSecondFactor } from "../../people/second-factor/second-factor.ts";
import { need, needWord, noSuch, UsageError, type Command, type Console, type Typed } from "../command.ts";
import { makePerson, needPerson, personFields, readPassword } from "../people.ts";
import { withHouse } from "../with-house.ts";

const roles: readonly Account["role"][] = ["member", "curator", "moderator", "admin"];

export const command: Command = {
  summary: "People: make, list, suspend, let in again, give a role, help one in who is locked out.",
  usage: [
    "account create --username U [--email E] [--role ROLE] --password-stdin [--no-blog]",
    "account list [--json]",
    "account suspend U",
    "account restore U",
    `account role U --role ${roles.join("|")}`,
    "account recover U [--two-factor-off]",
  ],
  options: {
    username: { type: "string" },
    email: { type: "string" },
    role: { type: "string" },
    "password-stdin": { type: "boolean" },
    "no-blog": { type: "boolean" },
    "two-factor-off": { type: "boolean" },
    json: { type: "boolean" },
  },
  fields: personFields,
  run(typed, console) {
    const action = needWord(typed, 0, "create, list, suspend, restore, role or recover");
    if (action === "create") return create(typed, console);
    if (action === "list") return list(typed, console);
    if (action === "suspend" || action === "restore" || action === "role") return change(action, typed, console);
    if (action === "recover") return recover(typed, console);
    throw noSuch("rookery account", action, ["create", "list", "suspend", "restore", "role", "recover"]);
  },
};

async function create(typed: Typed, console: Console): Promise<void> {
  const username = need(typed, "username");
  const role = typed.text("role") === undefined ? "member" : roleOf(typed);
  const password = await readPassword(typed, console);
  await withHouse(console, async (house) => {
    const title = typed.is("no-blog") ? null : username;
    const { blog } = await makePerson(house, { username, email: typed.text("email") ?? null, password, role, title });
    console.out(blog ? blog.url : `Made the account ${username}.`);
  });
}

async function list(typed: Typed, console: Console): Promise<void> {
  await withHouse(console, async (house) => {
    const people = [];
    for (let page = await listPeople(house.storage, { limit: 100 }); page.length > 0;) {
      people.push(...page);
      page = await listPeople(house.storage, { after: page.at(-1)!.username, limit: 100 });
    }
    const rows = people.map(({ username, email = null, role, state, createdAt }) => ({
      username,
      email,
      role,
      state,
      createdAt,
    }));
    if (typed.is("json")) return console.out(JSON.stringify(rows));
    for (const row of rows) console.out([row.username, row.role, row.state, row.email ?? ""].join("\t").trimEnd());
  });
}

async function change(action: "suspend" | "restore" | "role", typed: Typed, console: Console): Promise<void> {
  const username = typed.text("username") ?? needWord(typed, 1, "--username");
  const role = action === "role" ? roleOf(typed) : null;
  await withHouse(console, async (house) => {
    const person = await needPerson(house, username);
    const now = house.clock.now();
    const scope = house.scope({ via: "cli", principal: { accountId: null, role: "system", scopes: null } });
    await house.storage.write(async (db) => {
      if (role) {
        await setRole(db, person.id, role, now);
        await audit(db, { action: "account.role", subject: person.username, detail: { role }, via: "cli" }, now);
      } else if (action === "suspend" && person.state !== "suspended") {
        await suspendAccount(scope, db, person, { reason: "", withBlogs: false });
      } else if (action === "restore" && person.state !== "active") {
        // Whoever deleted their account may have lost every way in; the operator can call it back for them.
        await (person.state === "deleted" ? recallAccount : restoreAccount)(scope, db, person);
      }
    });
    console.out(
      role ? `${person.username} is ${role}.` : `${person.username} is ${action === "suspend" ? "suspended" : "active"}.`,
    );
  });
}

// For whoever has no mail to get a link by, or neither the phone nor a recovery code.
async function recover(typed: Typed, console: Console): Promise<void> {
  const username = typed.text("username") ?? needWord(typed, 1, "--username");
  await withHouse(console, async (house) => {
    const person = await needPerson(house, username);
    const now = house.clock.now();
    const token = await house.storage.write(async (db) => {
      const isOff = typed.is("two-factor-off") && (await switchOffSecondFactor(db, person.id));
      if (isOff) await mailNotice(house, db, person, { what: "two-factor-off" });
      await audit(db, { action: "account.recover", subject: person.username, detail: { isOff }, via: "cli" }, now);
      return createLink(db, { purpose: "reset", subject: person.id, seconds: 3600 }, now);
    });
    console.out(`${house.site.url}/signin/reset/new?token=${token}`);
  });
}

function roleOf(typed: Typed): Account["role"] {
  const wanted = need(typed, "role");
  const role = roles.find((one) => one === wanted);
  if (!role) throw new UsageError(`--role is one of ${roles.join(", ")}.`);
  return role;
}
