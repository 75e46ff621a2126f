import { changeBlog } from "../../../core/blogs/blogs.ts";
import { hostsOf } from "../../../core/blogs/hosts.ts";
import { PublicError } from "../../../core/errors.ts";
import { audit } from "../../../core/people/audit.ts";
import { languageChoices, zoneChoices } from "../../choices.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";

/** What a blog says about itself. */
export const settingsScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/settings", access: "member", run: show },
  { method: "POST", path: "/b/:blog/settings", access: "member", run: save },
];

type General = { title: string; description: string; language: string; timeZone: string };
// Which field a refusal of the blogs room is about.
const fieldOf: Readonly<Record<string, string>> = {
  "blog.title": "title",
  "blog.language": "language",
  "blog.time-zone": "timeZone",
};

async function show(request: AdminRequest) {
  const place = await onBlog(request, "blog.manage");
  return page(request, place, place.blog);
}

async function save(request: AdminRequest) {
  const place = await onBlog(request, "blog.manage");
  const { blog, scope, at } = place;
  const { fields } = await request.form();
  const given = Object.fromEntries(
    ["title", "description", "language", "timeZone"].map((name) => [name, one(fields, name)]),
  ) as General;
  try {
    await scope.storage.write(async (db) => {
      await changeBlog(db, blog.id, given, scope.clock.now());
      await scope.touch(db, blog.id);
      const by = { accountId: scope.principal.accountId, blogId: blog.id, via: "web", address: scope.address };
      await audit(db, { action: "blog.changed", subject: blog.host, ...by }, scope.clock.now());
    });
  } catch (error) {
    if (!(error instanceof PublicError) || error.status !== 422) throw error;
    return page(request, place, given, { [fieldOf[error.key] ?? "title"]: error.message });
  }
  return request.redirect(at("/settings"), request.t("settings.saved"));
}

async function page(request: AdminRequest, place: OnBlog, values: General, errors?: Record<string, string>) {
  const { title, description, language, timeZone } = values;
  const data = {
    values: { title, description, language, timeZone },
    errors,
    languages: languageChoices(language),
    zones: zoneChoices(timeZone),
    hosts: await hostsOf(place.scope.storage, place.blog.id),
  };
  return request.html("screens/settings/general", request.t("settings.title"), data, {
    blog: place.blog,
    status: errors ? 422 : 200,
  });
}
