import type { Reply, Route } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { answer, invalid } from "../wire/answers.ts";
import { callerOf, needCaller } from "../wire/caller.ts";
import { html } from "../wire/markup.ts";
import { webAddress } from "../wire/typed.ts";
import { itemsOf } from "./entries.ts";
import { idsIn } from "./entry-list.ts";

const mostEntries = 200;

/** `POST /feeds/recap`: the entries an app names as a list of links, under whoever wrote them. No machine sums anything up. */
export const recapRoute: Route = {
  method: "POST",
  path: "/feeds/recap",
  on: "hub",
  access: "public",
  cors: true,
  errors: "json",
  async run(request): Promise<Reply> {
    const context = request.context as unknown as Own;
    const { account } = needCaller(context, await callerOf(context, request.headers), "read");
    const sent = (await request.raw()).byteLength === 0 ? [] : await request.json();
    if (!Array.isArray(sent)) throw invalid("Send the ids of entries as a JSON array.");
    const ids = idsIn(sent.slice(0, mostEntries).map(String));
    const items = await itemsOf(context, account.id, ids);
    const groups = Map.groupBy(items, ({ author }) => author.name);
    const parts = [...groups].map(
      ([name, some]) =>
        html`<h2>${name}</h2>
          <ul>
            ${some.map((item) => html`<li><a href="${webAddress(item.url)}">${item.title || item.url}</a></li>`)}
          </ul>`,
    );
    return { html: html`${parts}`.text, headers: { "cache-control": "private, no-store" } };
  },
};

/** `GET/POST /feeds/recap/email`: no such mail is sent, on no day. */
export const recapMail = (): Reply => answer({ dayofweek: "" });
