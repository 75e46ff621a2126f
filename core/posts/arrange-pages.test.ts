import test from "ava";
import { databases } from "../storage/testing.ts";
import { arrangePages, freePageSlug } from "./arrange-pages.ts";
import { publish } from "./publish.ts";
import { listPages, postById } from "./read.ts";
import { testScope } from "./testing.ts";

for (const dialect of databases) {
  test(`${dialect}: pages stand in the order they are put in, with template and menu, and nobody's edit becomes a conflict`, async (t) => {
    const { scope, touched } = await testScope(t, { dialect });
    const page = async (title: string) => {
      const outcome = await publish(scope, { kind: "page", title, properties: { extra: "kept" } });
      return outcome.ok ? outcome.post : Promise.reject(new Error(outcome.refusal.refuse));
    };
    const [about, books, now] = [await page("About"), await page("Books"), await page("Now")];
    const places = [now, about, books].map(({ id }) => ({ id, template: id === now.id ? "wide" : "", inMenu: id !== books.id }));
    touched.length = 0;

    const changed = await scope.storage.write((db) => arrangePages(scope, db, places));
    const again = await scope.storage.write((db) => arrangePages(scope, db, places));

    t.deepEqual([changed, again], [3, 0]);
    t.deepEqual(touched, [scope.blog!.id]);
    t.deepEqual(
      (await listPages(scope)).map(({ title }) => title),
      ["Now", "About", "Books"],
    );
    t.like(await postById(scope, now.id), { version: 1, properties: { extra: "kept", order: 1, template: "wide" } });
    t.is((await postById(scope, books.id))?.properties.inMenu, false);
    const edited = await publish(scope, { id: now.id, content: "Later", version: 1 });
    t.true(edited.ok);
    t.is((await postById(scope, now.id))?.properties.order, 1);
  });

  test(`${dialect}: a page's address that is taken or the blog's own has a free one beside it`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const about = await publish(scope, { kind: "page", title: "About" });
    await publish(scope, { kind: "page", title: "About" });

    t.is(await freePageSlug(scope, "About", "none"), "about-3");
    t.is(await freePageSlug(scope, "About", about.ok ? about.post.id : ""), "about");
    t.is(await freePageSlug(scope, "archive", "none"), "archive-2");
    t.is(await freePageSlug(scope, "Größe & more", "none"), "große-more");
    t.is(await freePageSlug(scope, "!!", "none"), "");
  });
}
