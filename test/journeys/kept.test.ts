import type { Locator, Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { get } from "./get.ts";
import { journey } from "./journey.ts";
import { blogUrl, follow, press, moveIn, signIn } from "./person.ts";
import { write } from "./sample.ts";
import { startServer } from "./server.ts";

const text = (words: string) => ({ text: words });

// Tab by Tab, as somebody without a mouse goes on when the cursor is not there yet.
async function reach(page: Page, field: Locator): Promise<void> {
  for (let steps = 0; steps < 40 && !(await field.evaluate((one) => one === document.activeElement)); steps++)
    await page.keyboard.press("Tab");
}

journey("what was typed comes back when something in it was refused", async (t) => {
  const server = await startServer(t);
  const { page } = await visit(t);
  await moveIn(page, server);
  await page.getByLabel("Text", { exact: true }).fill("Kept, all of it.\n\n<b>even & this</b>");
  await page.getByText("More options", { exact: true }).click();
  await page.getByLabel("Categories").fill("River, Boats");
  await page.getByLabel("In reply to").evaluate((input: HTMLInputElement) => (input.type = "text"));
  await page.getByLabel("In reply to").fill("not an address");
  await press(page, "Publish");
  t.regex(await page.title(), /^Error: /);
  t.regex(await page.getByRole("alert").innerText(), /not a web address/);
  t.is(await page.getByLabel("Text", { exact: true }).inputValue(), "Kept, all of it.\n\n<b>even & this</b>");
  t.is(await page.getByLabel("Categories").inputValue(), "River, Boats");
  t.is(await page.getByLabel("In reply to").inputValue(), "not an address");
  t.is(await page.evaluate(() => document.activeElement?.id), "errors");
  await shoot(page, "refused");
  await page.getByLabel("In reply to").fill("");
  await press(page, "Publish");
  t.regex(await page.getByRole("status").innerText(), /Published/);
});

journey("of two tabs that edit one post the second is told, and nothing is overwritten", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await moveIn(page, server);
  await write(page, server, text("The first wording."));
  await follow(page, "Edit");
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByLabel("Text", { exact: true }).fill("The other tab’s wording.");
  await press(other, "Update");

  await page.getByLabel("Text", { exact: true }).fill("This tab’s wording.");
  await press(page, "Update");
  t.true(await page.getByRole("heading", { name: "Changed on another device" }).isVisible());
  t.is(
    await page
      .getByRole("region", { name: /^The other text/ })
      .locator(".side")
      .innerText(),
    "The other tab’s wording.",
  );
  t.is(await page.getByLabel("Text", { exact: true }).inputValue(), "This tab’s wording.");
  await shoot(page, "conflict");
  t.regex((await get(server, "/")).text, /The other tab’s wording/);
  await press(page, "Update");
  t.regex((await get(server, "/")).text, /This tab’s wording/);
});

journey("a form that is sent twice makes one post", async (t) => {
  const server = await startServer(t);
  const { page } = await visit(t);
  await moveIn(page, server);
  await page.getByLabel("Text", { exact: true }).fill("Only once, please.");
  // The same form goes out a second time on the side, as a double click or a repeated request would.
  const second = await page.evaluate(async () => {
    const form = document.querySelector("form.composer") as HTMLFormElement;
    const body = new FormData(form);
    body.set("intent", "publish");
    const answer = await fetch(form.action, { method: "POST", body });
    return answer.url;
  });
  await press(page, "Publish");
  t.is(page.url(), second);
  await page.goto(blogUrl(server));
  t.is(await page.getByText("Only once, please.").count(), 1);
});

journey("a text whose session ended while it was typed is still there after signing in", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await moveIn(page, server);
  await page.getByLabel("Text", { exact: true }).fill("Typed while signed out elsewhere.");
  const other = await context.newPage();
  await other.goto(server.url);
  await other.getByText("Kim", { exact: true }).click();
  // The page may not have sent the words yet, then it is asked what becomes of them.
  other.once("dialog", (dialog) => void dialog.accept());
  await press(other, "Sign out", "header");
  await press(page, "Publish");
  await shoot(page, "signed-out");
  t.is((await get(server, "/")).text.includes("Typed while"), false, "nothing is published for nobody");
  await signIn(other, server);
  await page.goBack();
  t.is(await page.getByLabel("Text", { exact: true }).inputValue(), "Typed while signed out elsewhere.");
});

journey("a post is written and published with the keyboard alone", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await moveIn(page, server);
  await context.clearCookies();
  await page.goto(`${server.url}/signin`);
  await reach(page, page.getByLabel("Username or e-mail"));
  await page.keyboard.type("kim");
  await reach(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type("a quiet heron at dawn");
  await Promise.all([page.waitForURL((url) => url.pathname === "/"), page.keyboard.press("Enter")]);
  await page.goto(`${server.url}/compose`);
  await reach(page, page.getByLabel("Text", { exact: true }));
  await page.keyboard.type("No mouse was near this.");
  const publish = page.getByRole("button", { name: "Publish", exact: true });
  await reach(page, publish);
  t.not(await publish.evaluate((one) => getComputedStyle(one).outlineStyle), "none", "the focus can be seen");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  t.regex(await page.getByRole("status").innerText(), /Published/);
});
