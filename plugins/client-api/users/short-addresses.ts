import { PublicError, type PluginScreen, type PluginScreenRequest } from "rookery/plugin";
import { askTimeline } from "../wire/peers.ts";
import { numberOf } from "../wire/input.ts";

const noPage = () => new PublicError("request.no-page", "There is no such page here.", 404);

/** `/USERNAME`, which apps and profiles elsewhere link to: leads to somebody's page. Any other page at such an address comes first. */
async function person(request: PluginScreenRequest) {
  return request.redirect(request.at(`/people/${encodeURIComponent(await handleOf(request))}`));
}

/** `/USERNAME/ID`: leads to the conversation about what they said. */
async function conversation(request: PluginScreenRequest) {
  const number = numberOf(request.params.number);
  if (number === null) throw noPage();
  await handleOf(request);
  return request.redirect(request.at(`/c/${number}`));
}

// Visitors find people and blogs of this installation only.
async function handleOf({ context, account, params }: PluginScreenRequest): Promise<string> {
  const name = (params.username ?? "").replace(/^@/, "");
  if (!/^[^\s/@]{1,200}(@[^\s/@]{1,200})?$/u.test(name)) throw noPage();
  const here = await context.accounts.byUsername(name);
  if (here) return here.username;
  const source = name.includes(".") ? await askTimeline(context, (store) => store.sourceByHandle(name)) : null;
  if (!source || source.kind === "person" || (!account && source.kind !== "blog")) throw noPage();
  return source.handle;
}

const open = { on: "hub", access: "public" } as const;

/** The short addresses of people, and of what they say. */
export const shortAddresses: readonly PluginScreen[] = [
  { ...open, path: "/:username", title: "Profile", run: person },
  { ...open, path: "/:username/:number", title: "Conversation", run: conversation },
];
