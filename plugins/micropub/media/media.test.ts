import test from "ava";
import { open, png } from "../client.testing.ts";

test("files come in by form or by the media endpoint; what they are, their bytes say", async (t) => {
  const { host, send, source } = await open(t);
  const picture = (name: string) => ({ name, type: "text/html", bytes: png });
  const answer = await send({
    multipart: {
      h: "entry",
      content: "Look",
      "photo[]": [picture("one.html"), picture("two.html")],
      "mp-photo-alt[]": ["First", "Second"],
      "category[]": "x",
    },
  });
  t.is(answer.status, 201);
  const { photo } = (await source(answer.headers.location!)).properties as { photo: { value: string; alt: string }[] };
  t.deepEqual(
    photo.map(({ alt }) => alt),
    ["First", "Second"],
  );
  t.is((await host.get(new URL(photo[0]!.value).pathname)).headers["content-type"], "image/png");
  const page = (await host.get(new URL(answer.headers.location!).pathname)).text;
  t.is(page.split("u-photo").length - 1 >= 2, true);
  t.is((await send({ multipart: { content: "x", video: picture("a.mp4") } })).status, 415);
  t.is(
    (
      await send({
        multipart: { content: "x", photo: { name: "a.svg", type: "image/svg+xml", bytes: "<svg onload='alert(1)'/>" } },
      })
    ).status,
    415,
  );

  const media = { path: "/micropub/media" };
  const kept = await send({ ...media, multipart: { file: picture("Heron.png"), "mp-photo-alt": "A heron" } });
  t.deepEqual([kept.status, (kept.json() as { url: string }).url], [201, kept.headers.location]);
  t.true(kept.headers.location!.startsWith(host.blog.url));
  t.is((await send({ ...media, multipart: { other: "x" } })).status, 400);
  t.is((await send({ ...media, multipart: { file: [picture("a.png"), picture("b.png")] } })).status, 400, "none is lost");
  const ask = async (query: string) =>
    (await send({ path: `/micropub/media?${query}` })).json() as {
      url?: string;
      items: { url: string; alt: string; width: number }[];
    };
  t.is((await ask("q=last")).url, kept.headers.location);
  const listed = (await ask("q=source&limit=2")).items;
  t.is(listed.length, 2);
  t.like(listed[0], { url: kept.headers.location, alt: "A heron", width: 1, "microblog-ai": false });
  t.deepEqual(
    (await ask("q=source&filter=heron")).items.map(({ url }) => url),
    [kept.headers.location!],
  );
  t.is((await send({ ...media, form: { action: "update", url: kept.headers.location!, alt: "A grey heron" } })).status, 200);
  t.is((await ask(`q=source&url=${kept.headers.location}`)).items[0]!.alt, "A grey heron");
  t.is((await send({ path: `/micropub/media?action=delete&url=${kept.headers.location}`, method: "POST" })).status, 200);
  t.is((await host.get(new URL(kept.headers.location!).pathname)).status, 404);
});

test("a large file comes in parts of base64, and waits until it is finished", async (t) => {
  const { host, send } = await open(t);
  const base = "/micropub/media";
  const halves = [png.subarray(0, 30), png.subarray(30)];
  for (const [at, half] of halves.entries()) {
    const data = half.toString("base64");
    const answer = await send({
      path: `${base}/append`,
      form: { file_id: "123456", file_data: at === 0 ? `data:image/png;base64,${data}` : data, file_name: "a.png" },
    });
    t.deepEqual([answer.status, answer.text], [200, "{}"]);
  }
  const waiting = async () => (await send({ path: `${base}/waiting?file_id=123456` })).json();
  t.like(await waiting(), { is_processing: true });
  t.is((await send({ path: `${base}/finished`, form: { file_id: "123456", file_name: "a.png" } })).status, 200);
  const done = (await waiting()) as { is_processing: boolean; url: string };
  t.false(done.is_processing);
  t.is((await host.get(new URL(done.url).pathname)).headers["content-type"], "image/png");
  t.is((await send({ path: `${base}/append`, form: { file_id: "1", file_data: "%%%" } })).status, 400);
  t.is((await send({ path: `${base}/waiting?file_id=999999` })).status, 400);
  t.is((await send({ path: `${base}/finished`, form: { file_id: "../x" } })).status, 400);
});
