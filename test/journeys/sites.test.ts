import type { ExecutionContext } from "ava";
import { shoot, visit, type Visitor } from "./browser.ts";
import { journey } from "./journey.ts";
import { faultsOf } from "./look.ts";
import { blogUrl, moveIn } from "./person.ts";
import { write } from "./sample.ts";
import { startServer } from "./server.ts";

const blog = "/b/kim.localhost";

async function isSound(t: ExecutionContext, { page, problems }: Visitor, name: string): Promise<void> {
  t.deepEqual(await faultsOf(page, (kind) => shoot(page, `sites-${name}-${kind}`)), [], name);
  // The browser calls a form that came back with its errors a failed load.
  t.deepEqual(
    problems.filter((problem) => !/status of 422/.test(problem)),
    [],
    name,
  );
}

journey("pages, categories, menus, redirects, settings and domains can be set by everybody, on phones and desks", async (t) => {
  const server = await startServer(t);
  const visitor = await visit(t);
  const { page } = visitor;
  const open = (path: string) => page.goto(server.url + blog + path);
  await moveIn(page, server);
  for (const name of ["categories", "redirects", "redirects/moved", "navigation", "pages"]) {
    await open(`/${name}`);
    await isSound(t, visitor, `${name.replace("/", "-")}-empty`);
  }
  for (const title of ["About", "Books and birds"]) await write(page, server, { title, text: "By the river.", isPage: true });

  await open("/pages");
  await page.getByRole("button", { name: "Down: About" }).click();
  await isSound(t, visitor, "pages");
  await page.getByRole("link", { name: "Change address: About" }).click();
  await page.getByLabel("Address").fill("books-and-birds");
  await page.getByRole("button", { name: "Save" }).click();
  await isSound(t, visitor, "page-address-taken");

  await open("/categories");
  for (const name of ["Birds", "Walks"]) {
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Add category" }).click();
  }
  await isSound(t, visitor, "categories");
  await page.getByRole("link", { name: "Birds" }).click();
  await page.getByLabel("Condition 1", { exact: true }).nth(1).selectOption("text");
  await page.getByLabel("Words, emoji or number: Condition 1").fill("heron");
  await page.getByRole("button", { name: "Save conditions" }).click();
  await isSound(t, visitor, "category");
  await page.getByRole("button", { name: "Look at old posts" }).click();
  await page.getByText("Done").waitFor();
  await isSound(t, visitor, "category-looked");
  await page.getByRole("link", { name: "Delete this category…" }).click();
  await isSound(t, visitor, "category-delete");

  await open("/navigation");
  await page.getByLabel("Leads to").selectOption({ label: "Another address…" });
  await page.getByLabel("Another address").last().fill("https://lee.example/");
  await page.getByLabel("Label").last().fill("Lee");
  await page.getByRole("button", { name: "Add entry" }).click();
  await page.getByRole("button", { name: "Put under the one above: Lee" }).click();
  await isSound(t, visitor, "navigation");

  await open("/redirects");
  await page.getByLabel("Old address").fill("/old-page");
  await page.getByLabel("New address").fill("/about");
  await page.getByRole("button", { name: "Add redirect" }).click();
  await isSound(t, visitor, "redirects");
  await page.getByRole("link", { name: "Add many" }).click();
  await page.getByLabel("One redirect a line").fill("/one /about\nnonsense\n/two https://lee.example/ 302");
  await page.getByRole("button", { name: "Look first" }).click();
  await isSound(t, visitor, "redirects-file");
  await page.getByRole("button", { name: "Add 2 redirects" }).click();
  t.is((await page.goto(`${blogUrl(server)}one`))?.url(), `${blogUrl(server)}about`);

  for (const part of ["", "/writing", "/language", "/footer", "/not-found", "/privacy"]) {
    await open(`/settings${part}`);
    await isSound(t, visitor, `settings${part.replace("/", "-")}`);
  }
  await open("/settings/domain");
  await page.getByLabel("Domain", { exact: true }).fill("bücher.example");
  await page.getByRole("button", { name: "Add domain" }).click();
  await page.getByText("_rookery.xn--bcher-kva.example", { exact: true }).waitFor();
  await isSound(t, visitor, "settings-domain");
  await page.getByRole("link", { name: "Remove: bücher.example" }).click();
  await isSound(t, visitor, "settings-domain-remove");
  await page.goto(blogUrl(server));
  await isSound(t, visitor, "blog-menu");
});
