import { request } from "node:http";
import { makeBlogWithOwner } from "../../../core/blogs/blogs.ts";
import { grant } from "../../../core/blogs/memberships.ts";
import type { Account, Blog } from "../../../core/hooks/values.ts";
import { createAccount, setDefaultBlog } from "../../../core/people/accounts.ts";
import { hashPassword } from "../../../core/people/passwords.ts";
import type { BlogRole } from "../../../core/people/permissions.ts";
import type { Person } from "../../../core/people/person.ts";
import { setSignUpRules, type SignUpRules } from "../../../core/residents/joining/sign-up-rules.ts";
import { openDashboard, PlainBrowser, setUp } from "../../testing.ts";
import { mailsOf } from "../signin/people.testing.ts";

/** What everybody but kim signs in with. */
export const password = "eight geese on the lawn";
const hash = hashPassword(password);

/** An installation of kim's, who is signed in, and ways to bring others in. */
export async function openTown(t: Parameters<typeof openDashboard>[0]) {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { house, url } = parts;
  const now = () => house.clock.now();

  /** Somebody with a mailbox, signed in in a browser of their own; with a blog unless told. */
  const enter = async (username: string, more: { role?: Account["role"]; hasBlog?: boolean } = {}) => {
    const email = `${username}@mail.example`;
    const wanted = { username, name: username, email, passwordHash: await hash, role: more.role ?? "member" };
    const { person, blog } = await house.storage.write(async (db) => {
      const made = await createAccount(db, wanted, now());
      if (more.hasBlog === false) return { person: made, blog: null };
      const site = await makeBlogWithOwner(db, { name: username, ownerId: made.id, title: `Of ${username}` }, house.site, now());
      await setDefaultBlog(db, made.id, site.id, now());
      return { person: made, blog: site };
    });
    const browser = new PlainBrowser(url);
    await signIn(browser, username);
    return { person, blog, browser };
  };

  /** Signs somebody in. */
  const signIn = async (browser: PlainBrowser, name: string) => {
    await browser.get("/signin");
    const answer = await browser.post("/signin", { name, password, next: "/" });
    if (answer.location === "/") await browser.get("/");
    return answer;
  };

  return {
    ...parts,
    kim: parts.browser,
    enter,
    signIn,
    join: (blog: Blog, person: Person, role: BlogRole) =>
      house.storage.write((db) => grant(db, { blogId: blog.id, accountId: person.id, role }, now())),
    rules: (rules: Partial<SignUpRules>) =>
      house.storage.write((db) => setSignUpRules(db, { mode: "closed", invitationsEach: 0, blogsEach: 1, ...rules }, now())),
    /** A browser of nobody's. */
    stranger: () => new PlainBrowser(url),
    /** From now on the installation takes mail to be sent (true), though the tests' mail lies in the folder (false: send it). */
    canMail: (is: boolean) =>
      void Object.assign(house, { settings: { ...house.settings, smtpUrl: is ? "smtp://127.0.0.1:9" : null } }),
    mails: () => mailsOf(house),
    /** What a reader gets at a blog's host. */
    read: (host: string, path = "/") => read(Number(new URL(url).port), host, path),
  };
}

/** The path of the first link with a token in a text. */
export function linkOf(text: string): string {
  const found = /https?:\/\/\S+?token=[\w-]+/.exec(text.replaceAll("&amp;", "&"));
  if (!found) throw new Error("There is no link in this text");
  const { pathname, search } = new URL(found[0]);
  return pathname + search;
}

/** The token at the end of such a path. */
export const tokenOf = (path: string): string => /token=([\w-]+)/.exec(path)?.[1] ?? "";

function read(port: number, host: string, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: "localhost", path, headers: { host: `${host}:${port}` } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on("error", reject).end();
  });
}
