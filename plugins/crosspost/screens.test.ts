import test from "ava";
import { openNest } from "./nest.testing.ts";

const target = "crosspost-nest/kim";

test("the screen lists accounts, takes their rules, shows a sample, checks them and tells of the last copies", async (t) => {
  const { host, nest, later, states } = await openNest(t, {}, { dashboard: true });
  const kim = await host.as();
  const at = `/b/${host.blog.host}/settings/targets`;
  t.regex((await kim.get(at)).text, /Nest[^]*@kim@nest\.example[^]*new posts go there[^]*Connect Nest/);
  const one = await kim.get(`${at}/account?account=${encodeURIComponent(target)}`);
  t.regex(one.text, /The herons are back https?:\/\//, "a made-up post as long as there is none");

  const form = { account: target, on: "on", kind: ["article"], which: "all", template: "New! {title}: {url}", intent: "sample" };
  t.regex((await kim.post(`${at}/account`, form)).text, /New! The herons are back: http/);
  const refused = await kim.post(`${at}/account`, { ...form, template: "{likes}", intent: "save" });
  t.is(refused.status, 422);
  t.regex(refused.text, /may only name title[^]*\{likes\}/);
  t.is((await kim.post(`${at}/account`, { ...form, intent: "save" })).status, 303);
  t.is((await kim.post(`${at}/account`, { ...form, account: "crosspost-nest/lee", intent: "save" })).status, 404);

  const note = await host.publish({ text: "A note" });
  const article = await host.publish({ title: "Nests <b>", text: "How" });
  await later(1);
  t.deepEqual([await states(note.id), [...nest.held.values()]], [[], [`New! Nests <b>: ${article.url}`]]);
  t.regex((await kim.get(at)).text, /“Nests &lt;b&gt;” was sent to Nest @kim@nest\.example/);

  t.is((await kim.post(`${at}/check`, { account: target })).status, 303);
  t.regex((await kim.get(at)).text, /Nest @kim@nest\.example works\./);
  nest.isConnected = false;
  t.regex((await kim.get(at)).text, /No account is connected yet\./);
  await host.house.host.disable("crosspost-nest", { blog: host.blog });
  const offer = await kim.get(at);
  t.regex(offer.text, /No plugin for a service is switched on\.[^]*crosspost-nest\/enable[^]*Switch on Nest here/);
  t.is((await kim.post(`/b/${host.blog.host}/settings/plugins/crosspost-nest/enable`, {})).status, 303);
  t.notRegex((await kim.get(at)).text, /Switch on Nest/);
  await host.house.host.disable("crosspost-nest");
  t.regex((await kim.get(at)).text, /No plugin for a service is switched on\.[^]*by its administrators/);
  await host.house.host.disable("crosspost");
  t.is((await kim.get(at)).status, 404);
  t.notRegex((await kim.get("/compose")).text, /mp-syndicate-to/);
  t.deepEqual(host.failures(), []);
});
