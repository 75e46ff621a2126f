import type { ExecutionContext } from "ava";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stamp } from "../clock.ts";
import type { Blog, Draft, Post } from "../hooks/values.ts";
import type { Taps } from "../hooks/scope.ts";
import { publish } from "../posts/publish.ts";
import { testScope } from "../posts/testing.ts";
import { insert, upsert } from "../storage/rows.ts";
import { renderPage } from "./render-page.ts";
import type { Notice, RenderPlugins, RenderRequest } from "./render.types.ts";
import { bundledThemes, Themes } from "./themes/themes.ts";

/** A folder with these files that goes away with the test. */
export function testFolder(t: ExecutionContext, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "rookery-render-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}

/** Writes files below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The text of a theme.json. */
export function themeJson(id: string, more: object = {}): string {
  return JSON.stringify({ id, name: id, version: "1.0.0", description: "For a test", license: "MIT", engine: "1", ...more });
}

/** A blog of Kim's with the shipped themes, and whatever a test adds. */
export async function testBlog(
  t: ExecutionContext,
  options: { blog?: Partial<Blog>; taps?: Partial<Taps>; plugins?: RenderPlugins; installed?: string } = {},
) {
  const made = await testScope(t, options.taps ? { taps: options.taps } : {});
  let version = 0;
  const touch: typeof made.scope.touch = (db, blogId) =>
    upsert(db, "versions", { scope: blogId, number: ++version, changed_at: stamp(made.scope.clock.now()) }, ["scope"]);
  const scope = { ...made.scope, touch, blog: { ...made.blog, ...options.blog } };
  const now = stamp(scope.clock.now());
  await made.storage.write((db) => insert(db, "accounts", [accountRow(scope.blog.ownerId, now)]));
  const notices: Notice[] = [];
  const clock = { time: 0 };
  const themes = new Themes({
    bundled: bundledThemes,
    installed: options.installed ?? join(tmpdir(), "rookery-no-themes"),
    onNotice: (_scope, notice) => void notices.push(notice),
    elapsed: () => clock.time,
    ...(options.plugins && { plugins: options.plugins }),
  });
  const post = async (draft: Draft): Promise<Post> => {
    const outcome = await publish(scope, draft);
    if (!outcome.ok) throw new Error(outcome.refusal.refuse);
    return outcome.post;
  };
  const get = (address: string, blog: Partial<Blog> = {}, more: Omit<RenderRequest, "path" | "query"> = {}) => {
    const url = new URL(address, scope.blog.url);
    return renderPage({ ...scope, blog: { ...scope.blog, ...blog } }, themes, {
      path: url.pathname,
      query: url.searchParams,
      ...more,
    });
  };
  return { ...made, scope, themes, notices, post, get, pass: (milliseconds: number) => void (clock.time += milliseconds) };
}

function accountRow(id: string, now: string) {
  const links = [{ label: "Code", url: "https://code.example/kim" }];
  const photo = "/media/kim.jpg";
  return {
    id,
    username: "kim",
    name: "Kim",
    email: null,
    password_hash: null,
    role: "member",
    state: "active",
    default_blog_id: null,
    language: "en",
    time_zone: "UTC",
    preferences: JSON.stringify({ bio: "Walks & birds", photo, links }),
    created_at: now,
    updated_at: now,
  };
}
