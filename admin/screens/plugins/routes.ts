import { blogByHost, listBlogs } from "../../../core/blogs/blogs.ts";
import { PublicError } from "../../../core/errors.ts";
import type { Blog } from "../../../core/hooks/values.ts";
import type { PluginInfo } from "../../../core/host/plugin-host.ts";
import { audit } from "../../../core/people/audit.ts";
import { one } from "../../fields.ts";
import { signedIn, type AdminRequest, type AdminScreen } from "../../request.ts";
import { consentOf, stateOf } from "./describe.ts";
import { controlsOf, errorsFor, fieldsOf, valuesIn } from "./settings-form.ts";

/** Plugins: switches with consent, generated settings, errors with retry, deletion of data. */
export const pluginScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/plugins", access: "admin", run: list },
  { method: "GET", path: "/admin/plugins/:id", access: "admin", run: show },
  { method: "POST", path: "/admin/plugins/:id/enable", access: "admin", run: enable },
  { method: "POST", path: "/admin/plugins/:id/disable", access: "admin", run: disable },
  { method: "POST", path: "/admin/plugins/:id/settings", access: "admin", run: save },
  { method: "POST", path: "/admin/plugins/:id/erase", access: "admin", run: erase },
];

async function list(request: AdminRequest) {
  const { host } = request.house;
  const wanted = (request.query.get("q") ?? "").trim().toLowerCase();
  const found = (await host.list()).filter((info) =>
    `${info.id} ${info.name} ${info.plugin?.description ?? ""}`.toLowerCase().includes(wanted),
  );
  const groups = new Map<string, { info: PluginInfo; state: ReturnType<typeof stateOf> }[]>();
  for (const info of found) {
    const name = info.plugin?.category ?? (info.plugin ? "Tools" : request.t("plugins.troubled"));
    groups.set(name, [...(groups.get(name) ?? []), { info, state: stateOf(request, info) }]);
  }
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([name, plugins]) => ({ name, plugins }));
  return request.html("screens/plugins/list", request.t("plugins.title"), {
    groups: sorted,
    q: wanted,
    isSafeMode: host.isSafeMode,
  });
}

async function show(request: AdminRequest) {
  return page(request, await infoOf(request), await placeOf(request, request.query.get("blog") ?? ""));
}

async function enable(request: AdminRequest) {
  const blog = await placeOf(request, one((await request.form()).fields, "blog"));
  const info = await infoOf(request);
  try {
    await request.house.host.enable(info.id, { accountId: signedIn(request).id, ...(blog && { blog }) });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return page(request, await infoOf(request), blog, { errors: { enable: error.message }, status: error.status });
  }
  return back(request, blog, request.t("plugins.enabled", { name: info.name }));
}

async function disable(request: AdminRequest) {
  const blog = await placeOf(request, one((await request.form()).fields, "blog"));
  const info = await infoOf(request);
  await request.house.host.disable(info.id, { accountId: signedIn(request).id, ...(blog && { blog }) });
  return back(request, blog, request.t("plugins.disabled", { name: info.name }));
}

async function save(request: AdminRequest) {
  const { fields } = await request.form();
  const blog = await placeOf(request, one(fields, "blog"));
  const info = await infoOf(request);
  if (!info.plugin) throw new PublicError("plugin.broken", info.reason, 409);
  const values = valuesIn(fields, fieldsOf(info.plugin, blog));
  const outcome = await request.house.host.set(info.id, values, blog ? { blog } : {});
  if (!outcome.ok) return page(request, info, blog, { errors: errorsFor(outcome.errors), sent: fields, status: 422 });
  const entry = { action: "plugin.settings", subject: info.id, detail: { fields: Object.keys(values) }, via: "web" };
  const by = { accountId: signedIn(request).id, blogId: blog?.id ?? null, address: request.scope.address };
  await request.house.storage.write((db) => audit(db, { ...entry, ...by }, request.scope.clock.now()));
  return back(request, blog, request.t("plugins.saved"));
}

async function erase(request: AdminRequest) {
  const info = await infoOf(request);
  const { fields } = await request.form();
  if (one(fields, "name") !== info.id)
    return page(request, info, null, { errors: { name: request.t("plugins.erase-name", { id: info.id }) }, status: 422 });
  await request.house.host.erase(info.id, { accountId: signedIn(request).id });
  return request.redirect("/admin/plugins", request.t("plugins.erased", { name: info.name }));
}

type PageState = { errors?: Record<string, string>; sent?: URLSearchParams; status?: number };

async function page(request: AdminRequest, info: PluginInfo, blog: Blog | null, state: PageState = {}) {
  const { host, storage, site } = request.house;
  const controls = info.plugin ? await controlsOf(storage, info.plugin, blog) : [];
  const isOn = info.state === "enabled" && (blog ? host.current.isActive(info.id, blog) : true);
  const data = {
    info,
    state: stateOf(request, info),
    isOn,
    place: blog,
    blogs: info.plugin && info.plugin.scope !== "network" ? await listBlogs(storage, site, { limit: 200 }) : [],
    consent: info.plugin && consentOf(request, info.plugin),
    record: host.guard.records.get(info.id) ?? null,
    // What was typed comes back when it was refused; secrets do not.
    controls: controls.map((control) =>
      state.sent && control.look !== "secret"
        ? {
            ...control,
            value: control.look === "checkbox" ? state.sent.has(control.name) : (state.sent.get(control.name) ?? control.value),
          }
        : control,
    ),
    errors: state.errors,
  };
  return request.html("screens/plugins/show", info.name, data, { status: state.status ?? 200 });
}

async function infoOf(request: AdminRequest): Promise<PluginInfo> {
  const found = (await request.house.host.list()).find((info) => info.id === request.params.id);
  if (!found) throw new PublicError("plugin.unknown", request.t("plugins.unknown"), 404);
  return found;
}

async function placeOf(request: AdminRequest, host: string): Promise<Blog | null> {
  if (host === "") return null;
  const blog = await blogByHost(request.house.storage, host, request.house.site);
  if (!blog) throw new PublicError("blog.unknown", request.t("plugins.unknown-blog"), 404);
  return blog;
}

function back(request: AdminRequest, blog: Blog | null, flash: string) {
  return request.redirect(`/admin/plugins/${request.params.id}${blog ? `?blog=${blog.host}` : ""}`, flash);
}
