import type { ExecutionContext } from "ava";
import type { Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { blogUrl, follow, picture, press, moveIn } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

journey("two photos are dropped, described, shown, replaced and deleted, with script", (t) => live(t, true));
journey("two photos are chosen, described, shown, replaced and deleted, without script", (t) => live(t, false));

async function live(t: ExecutionContext, javaScript: boolean): Promise<void> {
  const server = await startServer(t);
  const { page, problems } = await visit(t, { javaScript });
  await moveIn(page, server);
  const library = `${server.url}/b/kim.localhost/media`;
  await page.goto(library);
  t.true(await page.getByText("Upload or drop files here.").isVisible());

  await (javaScript ? drop(page) : choose(page));
  const files = page.locator(".media-card");
  t.is(await files.count(), 2);
  await shoot(page, `media-${javaScript ? "script" : "plain"}`);

  await follow(page, "Describe pictures");
  // Which of the two went up last is not said.
  for (let left = 2; left > 0; left--) {
    const isReeds = await page.getByText("reeds.jpg", { exact: true }).isVisible();
    if (!isReeds) await page.getByLabel("Decorative").check();
    else await page.getByLabel("Description", { exact: true }).fill("Reeds in the wind");
    if (javaScript && isReeds) await Promise.all([page.waitForNavigation(), page.keyboard.press("Control+Enter")]);
    else await press(page, "Save and next");
  }
  t.true(await page.getByText("Every picture here has its description.").isVisible());

  await page.goto(`${library}?view=list`);
  await follow(page, "reeds.jpg");
  t.is(await page.getByLabel("Description", { exact: true }).inputValue(), "Reeds in the wind");
  const address = await page.getByLabel("Address", { exact: true }).inputValue();
  await publishWith(page, server, address);
  await page.goto(blogUrl(server));
  const before = await page.getByRole("img", { name: "Reeds in the wind" }).evaluate(sizeOf);

  await page.goto(library);
  await follow(page, "reeds.jpg");
  const buffer = await picture(600, 900, 20);
  await page.getByLabel("New file").setInputFiles({ name: "other.jpg", mimeType: "image/jpeg", buffer });
  await press(page, "Replace");
  t.regex(await page.getByRole("status").innerText(), /Readers see the new one/);
  t.true(await page.getByText("A windy day").isVisible());
  t.is(await page.getByLabel("Address", { exact: true }).inputValue(), address);
  t.notDeepEqual(await page.locator(".media-show img").evaluate(sizeOf), before);
  await shoot(page, `media-file-${javaScript ? "script" : "plain"}`);

  await follow(page, "Delete for good");
  await press(page, "Delete for good");
  t.true(await page.getByText("still shown in posts").first().isVisible());
  await page.getByLabel(/Delete it all the same/).check();
  await press(page, "Delete for good");
  t.is(await files.count(), 1);
  t.deepEqual(
    problems.filter((problem) => !/409/.test(problem)),
    [],
  );
}

const sizeOf = (image: HTMLElement | SVGElement) => [
  (image as HTMLImageElement).naturalWidth,
  (image as HTMLImageElement).naturalHeight,
];

async function drop(page: Page): Promise<void> {
  const photos = await Promise.all([120, 200].map(async (hue) => [...(await picture(1200, 800, hue))]));
  const transfer = await page.evaluateHandle((contents) => {
    const dropped = new DataTransfer();
    for (const [at, bytes] of contents.entries())
      dropped.items.add(new File([new Uint8Array(bytes)], at === 0 ? "heron.jpg" : "reeds.jpg", { type: "image/jpeg" }));
    return dropped;
  }, photos);
  await Promise.all([page.waitForNavigation(), page.dispatchEvent("main", "drop", { dataTransfer: transfer })]);
}

async function choose(page: Page): Promise<void> {
  const files = [];
  for (const [name, hue] of [
    ["heron.jpg", 120],
    ["reeds.jpg", 200],
  ] as const)
    files.push({ name, mimeType: "image/jpeg", buffer: await picture(1200, 800, hue) });
  await page.getByLabel("Add files").setInputFiles(files);
  await press(page, "Upload");
}

async function publishWith(page: Page, server: RunningServer, address: string): Promise<void> {
  await page.goto(`${server.url}/compose`);
  await page.getByLabel("Text", { exact: true }).fill(`A windy day\n\n![Reeds in the wind](${address})`);
  await press(page, "Publish");
}
