import { frameFaults } from "../screens/page-faults.ts";
import { addressOf, examples } from "../screens/screen-addresses.ts";
import { openTown } from "../screens/town.ts";
import { visit } from "./browser.ts";
import { journey } from "./journey.ts";

journey("without script every form can be sent, and no button is there that would do nothing", async (t) => {
  const town = await openTown(t);
  const { page, context } = await visit(t, { javaScript: false });
  const faults: string[] = [];
  const look = async (address: string) => {
    await page.goto(town.url + address);
    const dead = await page.evaluate(() =>
      [...document.querySelectorAll("button")]
        .filter((one) => one.checkVisibility() && (one.type === "button" || one.form === null))
        .map((one) => `“${one.textContent?.trim()}” does nothing`),
    );
    const closed = await page.evaluate(() =>
      [...document.querySelectorAll("form")]
        .filter((form) => form.checkVisibility() && !form.querySelector("rk-passkey"))
        .filter((form) => ![...form.elements].some((one) => one.matches("button[type=submit], button:not([type])")))
        .map((form) => `${form.getAttribute("action")} cannot be sent`),
    );
    faults.push(...[...(await frameFaults(page)), ...dead, ...closed].map((fault) => `${address}: ${fault}`));
  };
  for (const one of examples("nobody", /^/)) await look(addressOf(one, town.sample));
  await context.addCookies(await town.enter());
  for (const one of examples("kim", /^/)) await look(addressOf(one, town.sample));
  t.deepEqual(faults, []);
});
