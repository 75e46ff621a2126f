import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { visit, shoot } from "./browser.ts";
import { journey } from "./journey.ts";
import { blogUrl, kim, moveIn, press, setUp, signIn } from "./person.ts";
import { startServer } from "./server.ts";

journey("a setup link works once, and wrong passwords and forged forms are refused in plain words", async (t) => {
  const server = await startServer(t);
  const { page } = await visit(t);
  await setUp(page, server);
  const again = await page.goto(server.setupLink!);
  t.true(
    [403, 404, 409, 410].includes(again?.status() ?? 0) || !page.url().includes("/setup"),
    `${again?.status()} ${page.url()}`,
  );
  await shoot(page, "setup-again");
  t.is(await page.getByRole("link", { name: "Continue" }).count(), 0);

  const stranger = await visit(t);
  await stranger.page.goto(server.setupLink!);
  t.is(await stranger.page.getByRole("link", { name: "Continue" }).count(), 0);
  await shoot(stranger.page, "setup-again-stranger");
  await stranger.page.goto(`${server.url}/signin`);
  await stranger.page.getByLabel("Username or e-mail").fill(kim.username);
  await stranger.page.getByLabel("Password").fill("not this one");
  await press(stranger.page, "Sign in");
  t.regex(await stranger.page.getByRole("alert").innerText(), /do not belong together/);
  t.is(await stranger.page.getByLabel("Username or e-mail").inputValue(), kim.username);
  await shoot(stranger.page, "signin-wrong");

  await page.goto(`${server.url}/compose`);
  await page.getByLabel("Text", { exact: true }).fill("Forged.");
  await page.locator("form.composer [name=csrf]").evaluate((input: HTMLInputElement) => (input.value = "forged"));
  const [answer] = await Promise.all([
    page.waitForNavigation(),
    page.getByRole("button", { name: "Publish", exact: true }).click(),
  ]);
  t.is(answer?.status(), 403);
  await shoot(page, "forged");
  await page.goto(blogUrl(server));
  t.is(await page.getByText("Forged.").count(), 0);
});

journey("a broken picture and one that is too large are answered with a sentence, and the text stays", async (t) => {
  const server = await startServer(t);
  const { page } = await visit(t);
  await moveIn(page, server);
  await page.getByLabel("Text", { exact: true }).fill("With a picture.");
  const broken = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4000, 7)]);
  await page.getByLabel("Add photos").setInputFiles({ name: "broken.jpg", mimeType: "image/jpeg", buffer: broken });
  await page.getByRole("button", { name: "Try again" }).waitFor();
  t.regex(await page.locator(".photo-row .error").innerText(), /picture/);
  // It did not arrive, and that is said before the post goes; or the post goes without it.
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("A photo did not arrive.").waitFor();
  await shoot(page, "broken-picture");
  await page.getByRole("button", { name: "Go without them" }).click();
  await page.getByText("Published.").waitFor();
  t.is(await page.locator("dt", { hasText: "Photo" }).count(), 0);

  await page.goto(`${server.url}/compose`);
  await page.getByLabel("Text", { exact: true }).fill("With a larger picture.");
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(60_000_000)], "large.jpg", { type: "image/jpeg" }));
    transfer.items.add(new File([new Uint8Array(10)], "IMG_1.HEIC", { type: "" }));
    transfer.items.add(new File(["words"], "words.txt", { type: "text/plain" }));
    const input = document.querySelector<HTMLInputElement>("#file")!;
    input.files = transfer.files;
    input.dispatchEvent(new Event("change"));
  });
  const said = await page.locator("#photo-left-out").innerText();
  t.regex(said, /“large\.jpg” is larger than 20 MB/);
  t.regex(said, /“IMG_1\.HEIC” is a HEIC picture/);
  t.regex(said, /“words\.txt” is no picture/);
  t.is(await page.getByLabel("Text", { exact: true }).inputValue(), "With a larger picture.");
});

journey(
  "without script a picture that is too large is refused with its limit, and the text is there when one goes back",
  async (t) => {
    const server = await startServer(t);
    const first = await visit(t);
    await moveIn(first.page, server);
    const { page } = await visit(t, { javaScript: false });
    await signIn(page, server);
    await page.goto(`${server.url}/compose`);
    await page.getByLabel("Text", { exact: true }).fill("With a larger picture.");
    const large = join(server.data, "large.jpg");
    writeFileSync(large, Buffer.alloc(60_000_000));
    await page.getByLabel("Add photos").setInputFiles(large);
    const [answer] = await Promise.all([
      page.waitForNavigation(),
      page.getByRole("button", { name: "Publish", exact: true }).click(),
    ]);
    t.is(answer?.status(), 413);
    t.regex(await page.locator("body").innerText(), /50 MB/);
    await shoot(page, "large-picture");
    await page.goBack();
    t.is(await page.getByLabel("Text", { exact: true }).inputValue(), "With a larger picture.");
  },
);
