import type { MigrationInterface, QueryRunner } from "typeorm";
import {
  double,
  flag,
  int,
  line,
  optional,
  primary,
  ref,
  serial,
  text,
  time,
  word,
  type TableShape,
} from "../core/storage/columns.ts";
import { createTables } from "../core/storage/migrate.ts";

// A record of how the tables began: one line a table, never changed again.
// prettier-ignore
const tables: readonly TableShape[] = [
  { name: "accounts", columns: { id: primary(ref()), username: line(64), name: line(200), email: optional(line(254)), password_hash: optional(word(255)), role: word(16), state: word(16), default_blog_id: optional(ref()), language: word(35), time_zone: word(64), preferences: text(), created_at: time(), updated_at: time() }, indexes: [{ name: "accounts_by_username", columns: ["username"], unique: true }, { name: "accounts_by_email", columns: ["email"], unique: true }] },
  { name: "sessions", columns: { id_hash: primary(word(64)), account_id: ref(), csrf: word(64), user_agent: line(200), address: word(45), created_at: time(), seen_at: time(), expires_at: time() }, indexes: [{ name: "sessions_by_account", columns: ["account_id"] }, { name: "sessions_by_expiry", columns: ["expires_at"] }] },
  { name: "app_tokens", columns: { id: primary(ref()), token_hash: word(64), account_id: ref(), blog_id: optional(ref()), name: line(200), client_id: line(500), scope: line(500), created_at: time(), used_at: optional(time()), expires_at: optional(time()), revoked_at: optional(time()) }, indexes: [{ name: "app_tokens_by_hash", columns: ["token_hash"], unique: true }, { name: "app_tokens_by_account", columns: ["account_id"] }] },
  { name: "audit_log", columns: { id: serial(), at: time(), account_id: optional(ref()), blog_id: optional(ref()), action: word(64), subject: line(300), detail: text(), via: line(100), address: word(45) }, indexes: [{ name: "audit_log_by_blog", columns: ["blog_id", "id"] }, { name: "audit_log_by_account", columns: ["account_id", "id"] }] },
  { name: "attempts", columns: { key_hash: primary(word(64)), tokens: int(), changed_at: time() }, indexes: [{ name: "attempts_by_change", columns: ["changed_at"] }] },
  { name: "secrets", columns: { place: primary(word(190)), sealed: text(), key_id: word(16), updated_at: time() } },
  { name: "one_time_links", columns: { token_hash: primary(word(64)), purpose: word(32), subject: line(254), data: text(), is_used: flag(), created_at: time(), expires_at: time() } },
  { name: "blogs", columns: { id: primary(ref()), host: word(253), title: line(200), description: text(), language: word(35), time_zone: word(64), theme: word(40), owner_id: ref(), state: word(16), settings: text(), created_at: time(), updated_at: time() }, indexes: [{ name: "blogs_by_host", columns: ["host"], unique: true }, { name: "blogs_by_owner", columns: ["owner_id"] }, { name: "blogs_by_update", columns: ["updated_at"] }] },
  { name: "blog_hosts", columns: { host: primary(word(253)), blog_id: ref(), state: word(16), is_main: flag(), token: word(64), created_at: time() }, indexes: [{ name: "blog_hosts_by_blog", columns: ["blog_id"] }] },
  { name: "memberships", columns: { blog_id: primary(ref()), account_id: primary(ref()), role: word(16), created_at: time() }, indexes: [{ name: "memberships_by_account", columns: ["account_id"] }] },
  { name: "versions", columns: { scope: primary(word(40)), number: int(), changed_at: time() }, indexes: [{ name: "versions_by_change", columns: ["changed_at"] }] },
  { name: "site_settings", columns: { name: primary(word(100)), value: text(), updated_at: time() } },
  { name: "theme_overrides", columns: { blog_id: primary(ref()), theme: primary(word(40)), template: primary(word(120)), source: text(), state: word(16), reason: text(), version: int(), account_id: ref(), updated_at: time() } },
  { name: "posts", columns: { id: primary(ref()), blog_id: ref(), author_id: ref(), kind: word(32), status: word(16), visibility: word(16), is_listed: flag(), slug: line(200), path: line(700), path_hash: word(64), title: line(500), summary: text(), format: word(16), source: text(), html: text(), language: word(35), properties: text(), version: int(), published_at: optional(time()), created_at: time(), updated_at: time(), deleted_at: optional(time()) }, indexes: [{ name: "posts_by_path", columns: ["blog_id", "path_hash"], unique: true }, { name: "posts_listed", columns: ["blog_id", "is_listed", "published_at", "id"] }, { name: "posts_by_status", columns: ["blog_id", "status", "updated_at", "id"] }, { name: "posts_by_kind", columns: ["blog_id", "kind", "status", "published_at", "id"] }, { name: "posts_due", columns: ["status", "published_at"] }, { name: "posts_by_author", columns: ["author_id"] }] },
  { name: "revisions", columns: { id: primary(ref()), post_id: ref(), blog_id: ref(), version: int(), reason: word(16), title: line(500), format: word(16), source: text(), properties: text(), account_id: ref(), via: line(100), created_at: time() }, indexes: [{ name: "revisions_by_post", columns: ["post_id", "version"], unique: true }] },
  { name: "categories", columns: { id: primary(ref()), blog_id: ref(), slug: line(200), name: line(200), description: text(), created_at: time() }, indexes: [{ name: "categories_by_slug", columns: ["blog_id", "slug"], unique: true }] },
  { name: "post_categories", columns: { post_id: primary(ref()), category_id: primary(ref()), blog_id: ref(), is_listed: flag(), published_at: optional(time()) }, indexes: [{ name: "post_categories_listed", columns: ["category_id", "is_listed", "published_at", "post_id"] }] },
  { name: "post_months", columns: { blog_id: primary(ref()), month: primary(word(7)), number: int() } },
  { name: "post_keys", columns: { key_hash: primary(word(64)), post_id: ref(), created_at: time() }, indexes: [{ name: "post_keys_by_age", columns: ["created_at"] }] },
  { name: "redirects", columns: { blog_id: primary(ref()), path_hash: primary(word(64)), path: line(700), target: line(700), created_at: time() } },
  { name: "imports", columns: { id: primary(ref()), blog_id: ref(), account_id: ref(), kind: word(40), file: line(300), options: text(), state: word(16), progress: text(), report: text(), created_at: time(), finished_at: optional(time()) }, indexes: [{ name: "imports_by_blog", columns: ["blog_id", "created_at"] }] },
  { name: "import_items", columns: { blog_id: primary(ref()), source_hash: primary(word(64)), import_id: ref(), subject: word(16), subject_id: ref() }, indexes: [{ name: "import_items_by_import", columns: ["import_id", "subject_id"] }, { name: "import_items_by_subject", columns: ["subject_id"] }] },
  { name: "media", columns: { id: primary(ref()), blog_id: ref(), account_id: ref(), name: word(80), type: word(64), bytes: double(), width: optional(int()), height: optional(int()), seconds: optional(double()), alt: text(), original_name: line(200), content_hash: word(64), source_hash: optional(word(64)), variants: text(), created_at: time() }, indexes: [{ name: "media_by_blog", columns: ["blog_id", "created_at", "id"] }, { name: "media_by_name", columns: ["name"], unique: true }, { name: "media_by_source", columns: ["blog_id", "source_hash"] }] },
  { name: "interactions", columns: { id: primary(ref()), blog_id: ref(), post_id: ref(), parent_id: optional(ref()), kind: word(32), state: word(16), via: word(40), author_name: line(200), author_url: text(), author_photo: text(), account_id: optional(ref()), source_url: text(), source_hash: word(64), html: text(), properties: text(), published_at: time(), received_at: time(), updated_at: time() }, indexes: [{ name: "interactions_by_source", columns: ["blog_id", "source_hash"], unique: true }, { name: "interactions_by_post", columns: ["post_id", "state", "published_at"] }, { name: "interactions_by_blog", columns: ["blog_id", "state", "received_at"] }] },
  { name: "jobs", columns: { id: primary(ref()), plugin_id: word(40), name: word(80), blog_id: optional(ref()), data: text(), key_hash: optional(word(64)), own_key: optional(word(64)), state: word(12), attempts: int(), max_attempts: int(), run_at: time(), lease: optional(ref()), held_until: optional(time()), last_error: text() }, indexes: [{ name: "jobs_due", columns: ["state", "run_at", "id"] }, { name: "jobs_by_key", columns: ["key_hash"], unique: true }, { name: "jobs_by_lease", columns: ["lease"] }, { name: "jobs_by_plugin", columns: ["plugin_id", "blog_id"] }, { name: "jobs_by_blog", columns: ["blog_id"] }] },
  { name: "schedules", columns: { id: primary(word(160)), next_at: time(), last_at: optional(time()) }, indexes: [{ name: "schedules_due", columns: ["next_at"] }] },
  { name: "plugins", columns: { id: primary(word(40)), version: word(40), state: word(16), reason: text(), is_everywhere: flag(), enabled_at: optional(time()), updated_at: time() } },
  { name: "plugin_activations", columns: { plugin_id: primary(word(40)), blog_id: primary(ref()), is_active: flag(), account_id: optional(ref()), changed_at: time() } },
  { name: "plugin_settings", columns: { plugin_id: primary(word(40)), scope: primary(word(12)), scope_id: primary(ref()), name: primary(word(64)), value: text(), updated_at: time() } },
  { name: "plugin_documents", columns: { plugin_id: primary(word(40)), blog_id: primary(ref()), collection: primary(word(40)), id: primary(line(190)), value: text(), updated_at: time() } },
  { name: "plugin_document_index", columns: { plugin_id: primary(word(40)), blog_id: primary(ref()), collection: primary(word(40)), field: primary(word(40)), value: primary(line(190)), document_id: primary(line(190)) } },
  { name: "plugin_generations", columns: { number: primary(int()), plugins: text(), made_at: time(), result: text() } },
];

/** The first tables of the core, as they were in 0.1.0. */
export class FirstTables1764000000001 implements MigrationInterface {
  readonly name = "FirstTables1764000000001";

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only; restore the backup that was made before.");
  }
}
