import type { Plugin, Route } from "../../host/manifest.ts";
import type { PluginScreen } from "../../host/screens/plugin-screen.types.ts";
import type { TestRequest, TestResponse } from "../host/outgoing.ts";
import type { TestHost } from "../test-host.ts";

type Hostile = Pick<TestRequest, "headers" | "body" | "form" | "multipart">;
const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };
const strange = "\u202e\u0000\ufeff\u{1F469}\u200d\u{1F469} \u0644\u0627";

/** Bodies that no client of good will sends, by name. */
const bodies: Readonly<Record<string, Hostile>> = {
  "nothing at all": {},
  "a broken JSON": { headers: json, body: '{"a":' },
  "a JSON of 20,000 brackets": { headers: json, body: "[".repeat(20_000) },
  "a JSON that is null": { headers: json, body: "null" },
  "a JSON with the wrong types": { headers: json, body: '{"id":{"a":[]},"type":7,"url":[null],"properties":"x","action":{}}' },
  "half a surrogate": { headers: json, body: '{"id":"\\ud800","url":"https://\\udfff"}' },
  "bytes that are no UTF-8": { headers: json, body: Uint8Array.of(0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22) },
  "a form of bad escapes": { headers: form, body: "a=%ff&=&&%00=%00&b=%&c" },
  "a form of strange letters": { form: { a: strange, url: strange, source: "javascript:alert(1)", target: "http://[::1" } },
  "an XML with entities": {
    headers: { "content-type": "text/xml" },
    body: '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
  },
  "a form in parts without an end": {
    headers: { "content-type": "multipart/form-data; boundary=x" },
    body: "--x\r\nContent-Disp",
  },
  "a file that is not what it says": {
    multipart: { file: { name: "../../x.jpg", type: "image/jpeg", bytes: "MZ\u0000\u0000" } },
  },
  "another type than the body": { headers: { "content-type": "image/png" }, body: '{"a":1}' },
  "two megabytes": { headers: form, body: `a=${"x".repeat(2_000_000)}` },
};
const queries = ["", `?a=%ff&${"q".repeat(2000)}=1&id=%00&after=%F0%9F&limit=-1&page=1e99`, `?q=${encodeURIComponent(strange)}`];

/** Sends garbage to every address a plugin declares; gives a sentence for each that is answered with a fault of the server. */
export async function faultsUnderFire(host: TestHost, plugin: Plugin): Promise<string[]> {
  const faults: string[] = [];
  for (const route of plugin.routes ?? [])
    for (const on of [route.on].flat() as string[])
      for (const [name, hostile, path] of attacksOn(route, plugin.id)) {
        const answer = await ask(host, route, on, { method: route.method, path: pathOn(on, plugin.id, path), ...hostile });
        const said = answer === null ? "with a cut connection" : answer.status >= 500 ? String(answer.status) : null;
        if (said) faults.push(`${route.method} ${route.path} on ${on} answers ${name} ${said}`);
      }
  for (const screen of plugin.screens ?? []) faults.push(...(await screenFaults(host, screen)));
  return faults;
}

async function screenFaults(host: TestHost, screen: PluginScreen): Promise<string[]> {
  const faults: string[] = [];
  const { method = "GET" } = screen;
  const path = `${screen.on === "blog" ? `/b/${host.blog.host}` : ""}${exampleAddress(screen.path, encodeURIComponent(strange))}`;
  const kim = await host.as();
  const attacks: [string, Hostile, string][] = queries.map((query) => [`“${query.slice(0, 10)}”`, {}, path + query]);
  if (method === "POST") for (const [name, hostile] of Object.entries(bodies)) attacks.push([name, hostile, path]);
  for (const [name, hostile, address] of attacks) {
    const form = hostile.form ?? (method === "POST" && Object.keys(hostile).length === 0 ? {} : undefined);
    const status = await kim.request({ method, path: address, ...hostile, ...(form && { form }) }).then(
      (answer) => answer.status,
      () => 413, // it hung up before all was read
    );
    if (status >= 500) faults.push(`screen ${method} ${screen.path} answers ${name} ${status}`);
  }
  return faults;
}

/** An address of a route, its `:names` and `/*rest` filled with words. */
export function exampleAddress(path: string, word = "x"): string {
  return path.replace(/\/\*\w*$/, `/${word}/${word}`).replace(/:\w+/g, word);
}

const pathOn = (on: string, id: string, path: string): string => (on === "admin" ? `/admin/x/${id}${path}` : path);

function* attacksOn(route: Route, _id: string): Generator<[string, Hostile, string]> {
  const words = /[:*]/.test(route.path) ? ["x", encodeURIComponent(strange), "%ff", "..%2f..%2fetc"] : ["x"];
  for (const word of words)
    for (const query of queries) yield [`“${word}${query.slice(0, 10)}”`, {}, exampleAddress(route.path, word) + query];
  if (route.method === "GET") return;
  for (const [name, hostile] of Object.entries(bodies)) yield [name, hostile, exampleAddress(route.path)];
}

async function ask(host: TestHost, route: Route, on: string, wanted: TestRequest): Promise<TestResponse | null> {
  try {
    if (on === "blog") return await host.request(wanted);
    if (route.access === "public") return await host.request({ ...wanted, host: "hub.example" });
    return await (await host.as()).request(wanted);
  } catch (error) {
    // A server may hang up on two megabytes before it has read them; that is an answer as well.
    return /EPIPE|ECONNRESET/.test(String((error as NodeJS.ErrnoException).code)) ? { ...cut } : null;
  }
}

const cut: TestResponse = { status: 413, headers: {}, text: "", bytes: new Uint8Array(), json: () => null };
