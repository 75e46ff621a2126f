import { PublicError, type Context, type PluginScreen, type PluginScreenRequest } from "rookery/plugin";
import { accountOf, allAccounts, askAbout, type Account } from "./accounts.ts";
import type { CrosspostService } from "./api.ts";
import { composeFor } from "./compose/compose.ts";
import { samplePost } from "./sample-post.ts";
import { deliveries, type Delivery } from "./log.ts";
import { troubleOf } from "./outcome.ts";
import { kinds, saveSettings, settingsIn, settingsOf, type TargetSettings } from "./target-settings.ts";
import { brokenAccounts, markBroken, markWhole } from "./trouble.ts";

const common = { on: "blog", access: "owner" } as const;
const [path, onePath] = ["/settings/targets", "/settings/targets/account"] as const;
const shownDeliveries = 10;

/** Where copies go, what goes there, and what became of the last ones. */
export const targetScreens: readonly PluginScreen[] = [
  { ...common, path, title: "Where posts also go", menu: "blog", run: list },
  { ...common, path: onePath, title: "What goes there", run: one },
  { ...common, method: "POST", path: onePath, title: "What goes there", run: save },
  { ...common, method: "POST", path: `${path}/check`, title: "Where posts also go", run: check },
];

async function list({ context, at }: PluginScreenRequest) {
  const [accounts, broken, log] = await Promise.all([allAccounts(context), brokenAccounts(context), deliveries(context)]);
  const rows = await Promise.all(
    accounts.map(async (account) => ({
      ...named(account),
      settings: await settingsOf(context, account.target),
      broken: broken.get(account.target),
      connect: connectPage(context, account.pluginId),
      page: `${at(onePath)}?account=${encodeURIComponent(account.target)}`,
    })),
  );
  const data = {
    rows,
    services: await servicesHere(context),
    // Those the installation has, and this blog has not switched on yet; the dashboard's own form does it.
    offered: context
      .dependants()
      .filter(({ isActive }) => !isActive)
      .map(({ id, name }) => ({ name, enable: `${connectPage(context, id)}/enable` })),
    deliveries: log.slice(0, shownDeliveries).map((entry) => said(context, entry)),
    check: at(`${path}/check`),
    plugins: `/b/${context.blog.host}/settings/plugins`,
  };
  return { template: "targets", data };
}

async function one({ context, query, redirect, at }: PluginScreenRequest) {
  const account = await accountOf(context, query.get("account") ?? "");
  if (!account) return redirect(path, context.t("error.account-gone"));
  return page(context, account, at, { settings: await settingsOf(context, account.target) });
}

async function save({ context, form, redirect, at }: PluginScreenRequest) {
  const { fields } = await form();
  const account = await wanted(context, fields.get("account") ?? "");
  const settings = settingsIn(fields);
  if ("problem" in settings) {
    const typed = { ...(await settingsOf(context, account.target)), template: fields.get("template") ?? "" };
    return page(context, account, at, { settings: typed, error: context.t(`error.${settings.problem}`), status: 422 });
  }
  if (fields.get("intent") === "sample") return page(context, account, at, { settings });
  await saveSettings(context, account.target, settings);
  return redirect(path, context.t("saved", named(account)));
}

async function check({ context, form, redirect }: PluginScreenRequest) {
  const { fields } = await form();
  const account = await wanted(context, fields.get("account") ?? "");
  const problem = await problemOf(context, account);
  if (problem !== null) return redirect(path, context.t("check.bad", { ...named(account), why: problem }));
  await markWhole(context, account.target);
  await context.wakeCopies(account.target);
  return redirect(path, context.t("check.good", named(account)));
}

// Why an account does not work, in the service's words; null when it does.
async function problemOf(context: Context, account: Account): Promise<string | null> {
  const verify = async (service: CrosspostService) => {
    try {
      await service.verify?.(account.id);
      return null;
    } catch (error) {
      const trouble = troubleOf(error);
      if (!trouble) throw error;
      return trouble;
    }
  };
  const trouble = await askAbout(context, account, verify, 9_000).catch(() => ({
    kind: "",
    message: context.t("check.no-answer"),
  }));
  if (trouble?.kind === "auth") await markBroken(context, account, trouble.message);
  return trouble?.message ?? null;
}

type Shown = { readonly settings: TargetSettings; readonly error?: string; readonly status?: number };

async function page(context: Context, account: Account, at: PluginScreenRequest["at"], { settings, error, status = 200 }: Shown) {
  const post = await samplePost(context);
  const { template, hasHashtags } = settings;
  const sample = await composeFor(context, post, account.limits, error ? {} : { template, hasHashtags });
  const categories = await context.posts.categories({ all: true });
  const data = {
    account: named(account),
    settings,
    error,
    kinds: kinds.map((kind) => ({ kind, isOn: settings.kinds?.includes(kind) ?? true })),
    categories: categories.map(({ name, slug }) => ({ name, slug, isOn: settings.categories?.includes(slug) ?? false })),
    limits: account.limits,
    sample: { text: sample.text, images: sample.images.length, hasCard: sample.card !== undefined },
    action: at(onePath),
    back: at(path),
  };
  return { template: "target", title: `${account.service} ${account.name}`, data, status };
}

async function wanted(context: Context, target: string): Promise<Account> {
  const account = await accountOf(context, target);
  if (!account) throw new PublicError("account-gone", "This account is not connected any more.", 404);
  return account;
}

async function servicesHere(context: Context) {
  const ask = (pluginId: string) => askAbout(context, { pluginId }, async ({ label }) => label, 1_000).catch(() => pluginId);
  const ids = context.services("crosspost.service").map(({ pluginId }) => pluginId);
  return Promise.all(ids.map(async (id) => ({ label: await ask(id), connect: connectPage(context, id) })));
}

function said(context: Context, { what, state, name, at, title, url, postId, reason }: Delivery) {
  const words = context.t(`log.${what}-${state}`, { name, title: title || context.t("log.untitled") });
  // Our own reasons are keys, said in the reader's language; those of services are sentences.
  const why = /^error\.[a-z-]+$/.test(reason) ? context.t(reason) : reason;
  return { words, at, url, reason: why, post: `/b/${context.blog.host}/posts/${postId}` };
}

const connectPage = (context: Context, pluginId: string): string => `/b/${context.blog.host}/settings/plugins/${pluginId}`;
const named = ({ target, service, name }: Account) => ({ target, service, account: name });
