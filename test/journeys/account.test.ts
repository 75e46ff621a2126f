import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { eventually } from "./eventually.ts";
import { journey } from "./journey.ts";
import { axeFaults } from "./look.ts";
import { kim, press, moveIn, signIn } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

/** A device that holds passkeys and checks who holds it, as Chromium's debugger gives one. */
async function giveDevice(page: Page): Promise<{ setPresent(isPresent: boolean): Promise<void> }> {
  const debug = await page.context().newCDPSession(page);
  await debug.send("WebAuthn.enable");
  const { authenticatorId } = await debug.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    setPresent: async (enabled) => {
      await debug.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
    },
  };
}

async function signOut(page: Page, server: RunningServer): Promise<void> {
  await page.goto(`${server.url}/account`);
  await page.locator("header details.menu summary").last().click();
  await press(page, "Sign out", "header");
}

// What an app shows now, or one step of 30 seconds later: one step on either side is taken, so that both stay good when the
// next step begins before the form arrives, which a code of the step before would not.
function codeOf(secret: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  return totp.generate({ timestamp: Date.now() + steps * 30_000 });
}

function askWithToken(server: RunningServer, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${server.port}`, authorization: `Bearer ${token}` };
    const asked = request({ host: "127.0.0.1", port: server.port, path: "/metrics", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.once("error", reject).end();
  });
}

function mailsIn(server: RunningServer, wanted: number): Promise<string[]> {
  const folder = join(server.data, "mail");
  return eventually(`${wanted} mails`, () => {
    const names = readdirSync(folder).filter((name) => name.endsWith(".eml"));
    return names.length >= wanted && names.toSorted().map((name) => readFileSync(join(folder, name), "utf8"));
  });
}

journey("a member's account: passkey, second step, a key for an app, sessions elsewhere, a mailed link", async (t) => {
  const server = await startServer(t);
  const { page, problems } = await visit(t);
  await moveIn(page, server);
  const device = await giveDevice(page);

  // An address that counts once its mail was opened.
  await page.goto(`${server.url}/account`);
  await shoot(page, "account");
  t.deepEqual(await axeFaults(page), []);
  await page.getByRole("textbox", { name: "E-mail", exact: true }).fill("kim@mail.example");
  await page.getByLabel("Password again").fill(kim.password);
  await press(page, "Save profile");
  const [asked] = await mailsIn(server, 1);
  await page.goto(/http\S+token=\S+/.exec(asked!)![0]);
  await press(page, "Use this address");
  t.is(await page.getByRole("textbox", { name: "E-mail", exact: true }).inputValue(), "kim@mail.example");

  // A passkey, and signing in with it alone.
  await page.getByLabel("Name of the passkey").last().fill("Blue phone");
  await press(page, "Add a passkey");
  t.is(await page.getByText("Blue phone", { exact: true }).count(), 1);
  await shoot(page, "account-passkey");
  await device.setPresent(false);
  await signOut(page, server);
  await shoot(page, "signin");
  t.deepEqual(await axeFaults(page), []);
  await device.setPresent(true);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  // Offered beside the name's field too; this device takes every offer at once.
  await signOut(page, server);
  await page.waitForURL((url) => url.pathname === "/");
  await page.goto(`${server.url}/account`);
  t.is(await page.getByText("this browser").count(), 1);

  // The second step, and signing in with a code of the app and one for recovery, in a browser without the passkey.
  await page.goto(`${server.url}/account/two-factor`);
  await press(page, "Set up the second step");
  t.true(await page.locator("img.qr").evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0));
  await shoot(page, "two-factor");
  t.deepEqual(await axeFaults(page), []);
  const secret = await page.locator("code.token").innerText();
  await page.getByLabel("Code").fill(codeOf(secret));
  await press(page, "Switch it on");
  const codes = await page.locator(".codes code").allInnerTexts();
  t.is(codes.length, 10);
  await shoot(page, "two-factor-codes");
  const elsewhere = await visit(t);
  await signIn(elsewhere.page, server);
  await shoot(elsewhere.page, "signin-code");
  await elsewhere.page.getByLabel("Code", { exact: true }).fill("000000");
  await press(elsewhere.page, "Sign in");
  t.regex(await elsewhere.page.getByRole("alert").innerText(), /not right, or was used already/);
  await elsewhere.page.getByLabel("Code", { exact: true }).fill(codeOf(secret, 1));
  await press(elsewhere.page, "Sign in");
  const third = await visit(t, { javaScript: false, width: 390, height: 844 });
  await signIn(third.page, server);
  await third.page.getByText("The app is not at hand").click();
  await third.page.getByLabel("Recovery code").fill(codes[0]!);
  await press(third.page, "Sign in");
  t.is(await third.page.getByText("9 are left").count(), 1);

  // A key for an app opens what it is for, until it is taken back.
  await page.goto(`${server.url}/account`);
  await page.getByText("New token for an app").click();
  await page.getByLabel("Name of the app").fill("Monitor");
  await page.getByLabel("Read the installation’s measurements").check();
  await press(page, "Make a token");
  const token = await page.locator("code.token").innerText();
  t.is(await askWithToken(server, token), 200);
  await press(page, "Take the key back: Monitor");
  t.not(await askWithToken(server, token), 200);

  // Signed out elsewhere.
  t.is(await page.getByRole("button", { name: /^Sign out there/ }).count(), 2);
  await press(page, "Sign out everywhere else");
  await elsewhere.page.goto(`${server.url}/account`);
  t.regex(elsewhere.page.url(), /\/signin\?next=/);

  // A link by mail, without script, asks for the code as well.
  await third.page.goto(`${server.url}/signin`);
  await third.page.getByLabel("Username or e-mail").fill("kim");
  const before = (await mailsIn(server, 1)).length;
  await press(third.page, "E-mail me a link");
  await shoot(third.page, "signin-sent-390");
  const link = (await mailsIn(server, before + 1)).findLast((mail) => mail.includes("/signin/link"))!;
  await third.page.goto(/http\S+token=\S+/.exec(link)![0]);
  await press(third.page, "Sign in");
  t.regex(third.page.url(), /\/signin\/code/);
  await third.page.getByText("The app is not at hand").click();
  await third.page.getByLabel("Recovery code").fill(codes[1]!);
  await press(third.page, "Sign in");
  await third.page.goto(`${server.url}/admin/mail`);
  await shoot(third.page, "mail-390");
  t.is(await third.page.getByText("A passkey was added").count(), 1);

  const own = problems.filter((problem) => !/status of 4\d\d/.test(problem));
  t.deepEqual(own, []);
});
