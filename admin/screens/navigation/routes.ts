import { menuEntry, menusOf, stepped, withMenu, type MenuEntry, type MenuStep } from "../../../core/blogs/menus.ts";
import { changeSettings } from "../../../core/blogs/site-settings.ts";
import { audit } from "../../../core/people/audit.ts";
import { byOf, refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest, type AdminScreen } from "../../request.ts";
import { automaticEntries, menuChoices, shownEntries, targetsOf } from "./entries.ts";

/** The menus of a blog: made by itself, or by its people. */
export const navigationScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/navigation", access: "member", run: show },
  { method: "POST", path: "/b/:blog/navigation", access: "member", run: save },
];

const steps: readonly string[] = ["up", "down", "in", "out", "remove"];

type Typed = { menu: string; target: string; url: string; label: string; errors?: Record<string, string> };

async function show(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  return page(request, place, { menu: request.query.get("menu") ?? "main", target: "", url: "", label: "" });
}

async function save(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { fields } = await request.form();
  const menu = menuChoices(request, place.blog).find(({ id }) => id === one(fields, "menu"))?.id ?? "main";
  const refused = await refusalOf(() => change(place, { menu, fields }));
  if (!refused) return request.redirect(place.at(`/navigation?menu=${menu}`), request.t("navigation.saved"));
  const field = { "menu.url": "url", "menu.name": "label", "menu.label": "label", "menu.target": "target" }[refused.key];
  const typed = { target: one(fields, "target"), url: one(fields, "url"), label: one(fields, "label") };
  return page(request, place, { menu, ...typed, errors: { [field ?? "target"]: sentenceFor(request, refused) } });
}

async function change(place: OnBlog, { menu, fields }: { menu: string; fields: URLSearchParams }) {
  const { scope, blog } = place;
  const isAutomatic = one(fields, "intent") === "automatic";
  // Read before the transaction: what a menu that makes itself shows, for the first entry of one's own.
  const automatic = await automaticEntries(place, menu);
  await scope.storage.write(async (db) => {
    await changeSettings(
      db,
      blog.id,
      (settings) => withMenu(settings, menu, isAutomatic ? null : edited(menusOf({ settings })[menu] ?? automatic, fields)),
      scope.clock.now(),
    );
    await scope.touch(db, blog.id);
    const detail = { intent: one(fields, "intent") || one(fields, "step").split(" ")[0]! };
    await audit(db, { action: "menu.changed", subject: menu, detail, ...byOf(place) }, scope.clock.now());
  });
}

function edited(entries: readonly MenuEntry[], fields: URLSearchParams): readonly MenuEntry[] {
  if (one(fields, "intent") === "add") return [...entries, addedEntry(fields)];
  const named = entries.map((entry) => renamed(entry, fields.get(`label-${entry.key}`)));
  const [step = "", key = ""] = one(fields, "step").split(" ");
  return steps.includes(step) ? stepped(named, key, step as MenuStep) : named;
}

function renamed(entry: MenuEntry, label: string | null): MenuEntry {
  if (label === null) return entry;
  // An address has no name of its own to fall back to.
  if (label.trim() === "" && entry.target.kind === "url") return entry;
  return { ...entry, label: label.trim().slice(0, 100) };
}

function addedEntry(fields: URLSearchParams): MenuEntry {
  const target = one(fields, "target");
  const label = fields.get("label") ?? "";
  if (target === "url") return menuEntry("url", one(fields, "url"), label);
  const [kind = "", where = ""] = target.split(":");
  return menuEntry(kind, where, label);
}

async function page(request: AdminRequest, place: OnBlog, typed: Typed) {
  const choices = menuChoices(request, place.blog);
  const menu = choices.find(({ id }) => id === typed.menu) ?? choices[0]!;
  const made = menusOf(place.blog)[menu.id];
  const targets = await targetsOf(request, place);
  const entries = made ?? (await automaticEntries(place, menu.id));
  const data = {
    menu,
    isMade: made !== undefined,
    tabItems: choices.map(({ id, label }) => ({
      href: place.at(`/navigation?menu=${id}`),
      label,
      isCurrent: id === menu.id,
    })),
    entries: shownEntries(request, targets, entries),
    targets,
    typed,
    errors: typed.errors,
    at: place.at("/navigation"),
  };
  const options = { blog: place.blog, status: typed.errors ? 422 : 200 };
  return request.html("screens/navigation/navigation", request.t("navigation.title"), data, options);
}
