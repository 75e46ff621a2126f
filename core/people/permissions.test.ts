import test from "ava";
import type { Principal } from "../hooks/scope.ts";
import { can, type Action, type ActionObject, type Actor, type BlogRole } from "./permissions.ts";

const me = "01JKIM00000000000000000000";
const principal = (role: Principal["role"], scopes: readonly string[] | null = null): Principal => ({
  accountId: role === "nobody" ? null : me,
  role,
  scopes,
});
const on = (blogRole: BlogRole | null, scopes: readonly string[] | null = null): Actor => ({
  principal: principal("member", scopes),
  blogRole,
});
// The columns of security.md R2, and a person whose role is on another blog.
const actors: Record<string, Actor> = {
  operator: { principal: principal("admin"), blogRole: null },
  owner: on("owner"),
  editor: on("editor"),
  author: on("author"),
  contributor: on("contributor"),
  reader: on("reader"),
  stranger: on(null),
  anonymous: { principal: principal("nobody"), blogRole: null },
};
const own = (status: ActionObject["status"], visibility: ActionObject["visibility"] = "public") => ({
  authorId: me,
  status,
  visibility,
});
const foreign = (status: ActionObject["status"], visibility: ActionObject["visibility"] = "public") => ({
  authorId: "01JLEE00000000000000000000",
  status,
  visibility,
});

const matrix: readonly (readonly [Action, string, ActionObject, string])[] = [
  ["installation.manage", "the installation", {}, "operator"],
  ["blog.manage", "the blog", {}, "operator owner"],
  ["blog.edit", "the blog", {}, "owner editor"],
  ["category.edit", "the blog", {}, "owner editor"],
  ["post.create", "a new post", own("draft"), "owner editor author contributor"],
  ["post.create", "a post in another's name", foreign("draft"), "owner editor"],
  ["post.publish", "an own draft", own("draft"), "owner editor author"],
  ["post.publish", "another's draft", foreign("draft"), "owner editor"],
  ["post.edit", "an own draft", own("draft"), "owner editor author contributor"],
  ["post.edit", "an own published post", own("published"), "owner editor author"],
  ["post.edit", "another's post", foreign("published"), "owner editor"],
  ["post.delete", "an own published post", own("published"), "owner editor author"],
  ["post.delete", "another's post", foreign("published"), "owner editor"],
  ["post.restore", "another's post", foreign("trash"), "owner editor"],
  ["media.upload", "a file", own(undefined), "owner editor author"],
  ["media.delete", "another's file", foreign(undefined), "owner editor"],
  ["post.read", "another's draft", foreign("draft"), "owner editor"],
  ["post.read", "an own draft", own("draft"), "owner editor author contributor"],
  ["post.read", "another's trash", foreign("trash"), "owner editor"],
  ["post.read", "another's private post", foreign("published", "private"), "owner editor reader"],
  ["post.read", "an own private post", own("published", "private"), "owner editor author contributor reader"],
  ["post.read", "an unlisted post", foreign("published", "unlisted"), Object.keys(actors).join(" ")],
  ["post.read", "a published post", foreign("published"), Object.keys(actors).join(" ")],
];

for (const [action, what, object, allowed] of matrix)
  test(`${action} of ${what}: ${allowed || "nobody"}`, (t) => {
    const may = Object.entries(actors).filter(([, actor]) => can(actor, action, object));

    t.deepEqual(
      may.map(([name]) => name),
      allowed.split(" "),
    );
  });

test("an operator reads no drafts of a blog that is not theirs", (t) => {
  t.false(can(actors.operator!, "post.read", foreign("draft")));
});

for (const [scope, allowed] of [
  ["create", "post.create post.publish post.read category.edit media.upload"],
  ["draft", "post.create post.read"],
  ["update", "post.edit post.read category.edit"],
  ["delete", "post.delete post.restore media.delete"],
  ["undelete", "post.restore"],
  ["media", "media.upload"],
  ["read", "post.read"],
  ["follow", ""],
] as const)
  test(`an owner's key with the scope “${scope}” may: ${allowed || "nothing here"}`, (t) => {
    const actions: Action[] = [...new Set(matrix.map(([action]) => action))];

    const may = actions.filter((action) => can(on("owner", [scope]), action, own("draft")));

    t.deepEqual(may.sort(), allowed === "" ? [] : allowed.split(" ").sort());
  });

test("a key never gives more than its person has", (t) => {
  t.false(can(on("reader", ["create", "update", "delete"]), "post.create", own("draft")));
  t.false(can(on("contributor", ["create"]), "post.publish", own("draft")));
});

test("the system itself may do everything", (t) => {
  t.true(can({ principal: { accountId: null, role: "system", scopes: null }, blogRole: null }, "installation.manage"));
});
