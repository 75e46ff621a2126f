import type { Page } from "playwright-core";
import { follow, press } from "../person.ts";
import { password, type Town } from "./town.ts";

/** Kim lets people ask, Lee asks and is let in; then everybody may come, and Ana and Tom do, Ana without script. */
export async function arrive(town: Town): Promise<void> {
  const { t, server } = town;
  const kim = await town.of("kim");
  await setMode(kim, town, /^Whoever you let in/);

  const asking = await town.visitor();
  await signUp(asking, town, "Lee");
  t.true(await asking.getByText("The people who run this place will decide about it.").isVisible());
  await kim.goto(`${server.url}/admin/people`);
  await press(kim, "Let in: lee");
  await kim.getByRole("status").filter({ hasText: "is in" }).waitFor();
  // Who just asked signs in on the page that one is left with.
  await asking.goto(`${server.url}/signin`);
  await asking.getByLabel("Username or e-mail").fill("lee");
  await asking.getByLabel("Password").fill(password);
  await press(asking, "Sign in");
  await asking.getByLabel(/^Write on/).waitFor();
  town.isHere("lee", asking);

  await setMode(kim, town, /^Everybody/);
  for (const [name, view] of [
    ["Ana", { javaScript: false }],
    ["Tom", {}],
  ] as const) {
    const page = await town.visitor(view);
    await signUp(page, town, name);
    await page.locator("body.has-bar").waitFor();
    town.isHere(name.toLowerCase(), page);
  }
}

async function setMode(page: Page, { server }: Town, mode: RegExp): Promise<void> {
  await page.goto(`${server.url}/admin/people`);
  await page.locator("#rules").getByRole("radio", { name: mode }).check();
  await press(page, "Save", "#rules");
}

async function signUp(page: Page, { server }: Town, name: string): Promise<void> {
  await page.goto(`${server.url}/signin`);
  await follow(page, "Make an account");
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Username").fill(name.toLowerCase());
  await page.getByLabel("E-mail").fill(`${name.toLowerCase()}@${name.toLowerCase()}.example`);
  await page.getByLabel("Password").fill(password);
  await press(page, "Continue");
  await page.getByLabel("Title of the blog").fill(`${name} by the sea`);
  await press(page, "Make my account");
}
