import { blogByHost, blogById, listBlogs } from "../../../core/blogs/blogs.ts";
import type { Field } from "../../../core/hooks/fields.ts";
import type { Scope } from "../../../core/hooks/scope.ts";
import type { Account, Blog } from "../../../core/hooks/values.ts";
import { isUlid } from "../../../core/ids.ts";
import { findFiles } from "../../../core/media/find-files.ts";
import { thumbUrl } from "../../../core/media/media-row.ts";
import { listPeople, personById, personByUsername } from "../../../core/people/accounts.ts";
import { categoriesOf, listPages } from "../../../core/posts/read.ts";
import { themeFacts } from "../../theme-facts.ts";
import type { AdminHouse } from "../../house.ts";
import type { Translate } from "../../texts.ts";
import type { Choice, Choices, ChoicesOf } from "./form.types.ts";

type Parts = {
  readonly house: AdminHouse;
  readonly t: Translate;
  readonly language: string;
  /** Whose categories, pages and pictures; null where there is no blog. */
  readonly scope: (Scope & { readonly blog: Blog }) | null;
  /** Accounts and blogs are named to operators only; others choose among their own. */
  readonly own: { readonly account: Account; readonly blogs: readonly Blog[] };
};

const none: Choices = { list: [] };
// More than that nobody looks through: they type a name.
const [shortList, offered, pictures] = [50, 50, 24];

const fonts: readonly Choice[] = [
  { value: "system-ui, sans-serif", label: "System" },
  { value: "Georgia, 'Times New Roman', serif", label: "Georgia" },
  { value: "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, serif", label: "Charter" },
  { value: "'Iowan Old Style', 'Palatino Linotype', Palatino, serif", label: "Palatino" },
  { value: "Optima, Candara, 'Noto Sans', sans-serif", label: "Optima" },
  { value: "'Helvetica Neue', Arial, sans-serif", label: "Helvetica" },
  { value: "ui-rounded, Nunito, Quicksand, sans-serif", label: "Rounded" },
  { value: "ui-monospace, 'Cascadia Code', Menlo, Consolas, monospace", label: "Monospace" },
];

/** What fields can be filled with here: the blog's categories, pages, menus and pictures, the installation's blogs and people. */
export function houseChoices(parts: Parts): ChoicesOf {
  const known = new Map<Field["type"], Promise<Choices>>();
  return ({ type }) => {
    const found = known.get(type) ?? choicesFor(parts, type);
    known.set(type, found);
    return found;
  };
}

async function choicesFor(parts: Parts, type: Field["type"]): Promise<Choices> {
  const { scope } = parts;
  if (type === "font") return { list: fonts };
  if (type === "blog") return blogChoices(parts);
  if (type === "account") return accountChoices(parts);
  if (!scope) return none;
  if (type === "category") return { list: (await categoriesOf(scope)).map(({ slug, name }) => ({ value: slug, label: name })) };
  if (type === "page")
    return { list: (await listPages(scope)).map(({ id, title, slug }) => ({ value: id, label: title || slug })) };
  if (type === "menu") return { list: themeFacts(parts, scope.blog).menus.map(({ id, label }) => ({ value: id, label })) };
  return type === "image" ? pictureChoices(scope) : none;
}

async function pictureChoices(scope: Scope & { readonly blog: Blog }): Promise<Choices> {
  const files = await findFiles(scope, { kind: "image", limit: pictures });
  const list = files.map((file) => ({
    value: file.url,
    label: file.alt || file.name,
    picture: thumbUrl(file, scope.blog) ?? file.url,
  }));
  return { list };
}

async function blogChoices({ house, own }: Parts): Promise<Choices> {
  const choice = ({ id, host, title }: Blog): Choice => ({ value: id, label: `${title} (${host})`, typed: host });
  if (own.account.role !== "admin") return { list: own.blogs.map(choice) };
  const { storage, site } = house;
  const blogs = await listBlogs(storage, site, { limit: shortList + 1 });
  const find = async (typed: string) => {
    const found = isUlid(typed) ? await blogById(storage, typed, site) : await blogByHost(storage, typed.toLowerCase(), site);
    return found && choice(found);
  };
  return { list: blogs.slice(0, offered).map(choice), isLong: blogs.length > shortList, find };
}

async function accountChoices({ house, own }: Parts): Promise<Choices> {
  type Named = { readonly id: string; readonly username: string; readonly name: string };
  const choice = ({ id, username, name }: Named): Choice => ({ value: id, label: `${name} (${username})`, typed: username });
  if (own.account.role !== "admin") return { list: [choice(own.account)] };
  const people = await listPeople(house.storage, { limit: shortList + 1 });
  const find = async (typed: string) => {
    const found = isUlid(typed) ? await personById(house.storage, typed) : await personByUsername(house.storage, typed);
    return found && choice(found);
  };
  return { list: people.slice(0, offered).map(choice), isLong: people.length > shortList, find };
}
