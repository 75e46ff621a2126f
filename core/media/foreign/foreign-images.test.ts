import test from "ava";
import { OwnOrigins } from "../../blogs/own-origins.ts";
import { ForeignImages } from "./foreign-images.ts";

const rows = [
  { host: "kim.hub.example", main: "kim.example", blog_id: "1" },
  { host: "kim.example", main: "kim.example", blog_id: "1" },
];

async function images(secret = "a secret of the installation") {
  const hosts = rows.slice();
  const own = new OwnOrigins({ query: async () => hosts as never }, { url: "https://hub.example" });
  await own.load();
  return { images: new ForeignImages(secret, own), own, hosts };
}

test("a picture of another site gets an address here that says which and how large, the same after a restart", async (t) => {
  const { images: ours } = await images();
  const url = "https://lee.example/ä b.jpg?size=1#top";
  const address = ours.foreign(url);

  t.regex(address, /^\/foreign\/[\w-]{22}\/1280\/[\w-]+$/);
  t.deepEqual(ours.asked(address), { url: "https://lee.example/%C3%A4%20b.jpg?size=1", width: 1280 });
  t.deepEqual(ours.asked(ours.face(url))?.width, 128);
  t.is((await images()).images.foreign(url), address);
});

test("what we did not write is not asked for: another secret, a changed address or size, anything added", async (t) => {
  const { images: ours } = await images();
  const address = ours.foreign("https://lee.example/a.jpg");
  const coded = Buffer.from("https://lee.example/b.jpg").toString("base64url");
  const forged = [
    (await images("another secret")).images.foreign("https://lee.example/a.jpg"),
    address.replace(/[\w-]+$/, coded),
    address.replace("/1280/", "/128/"),
    address.replace(/foreign\/./, (start) => `foreign/${start.endsWith("A") ? "B" : "A"}`),
    `${address}?`,
    `${address}A`,
    `/foreign//1280/${coded}`,
    "/foreign/",
  ];
  for (const one of forged) t.is(ours.asked(one), null, one);
});

test("addresses of this installation stay, on a blog's main host; those that no page may show are none", async (t) => {
  const { images: ours, own, hosts } = await images();

  t.is(ours.foreign("/media/a.jpg"), "/media/a.jpg");
  t.is(ours.face("https://hub.example/x.png?y"), "https://hub.example/x.png?y");
  t.is(ours.foreign("https://kim.example/media/a.jpg"), "https://kim.example/media/a.jpg");
  t.is(ours.foreign("http://kim.hub.example/media/a.jpg"), "https://kim.example/media/a.jpg");
  t.regex(ours.foreign("https://kim.example:8443/a.jpg"), /^\/foreign\//);
  t.true(own.isOwn("https://kim.example") && own.isOwn("https://hub.example"));
  t.false(own.isOwn("https://lee.example") || own.isOwn("https://kim.hub.example") || own.isOwn("nonsense"));
  for (const url of [
    "",
    "//lee.example/a",
    "/\\lee.example",
    "data:image/png,x",
    "javascript:1",
    "https://a:b@lee.example/",
    `https://lee.example/${"a".repeat(2_100)}`,
  ])
    t.is(ours.foreign(url), "", url.slice(0, 40));

  t.regex(ours.foreign("https://lee.example/a.jpg"), /^\/foreign\//);
  hosts.splice(0, 2, { host: "lee.example", main: "lee.example", blog_id: "2" });
  await own.blogChanged("2");
  t.is(ours.foreign("https://lee.example/a.jpg"), "https://lee.example/a.jpg", "its host is a blog's here since");
});
