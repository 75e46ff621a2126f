import type { Context, CopyLimits, CopyPreview, Post, TargetService } from "rookery/plugin";
import { accountOf, allAccounts, type Account } from "./accounts.ts";
import type { CounterName } from "./api.ts";
import { composeFor, leftOut } from "./compose/compose.ts";
import { deliver } from "./deliver.ts";
import { reasonAgainst } from "./rules.ts";
import { settingsOf } from "./target-settings.ts";
import { brokenAccounts } from "./trouble.ts";

const units: Readonly<Record<CounterName, NonNullable<CopyLimits["unit"]>>> = {
  grapheme: "grapheme",
  codepoint: "grapheme",
  mastodon: "grapheme",
  utf8emoji: "grapheme",
  utf16: "utf16",
  bytes: "utf16",
  weighted: "weighted",
};

/** The accounts of all services as the core's targets. */
export function targetService(context: () => Context): TargetService {
  return {
    targets: () => targets(context()),
    async rule(target, post) {
      const at = context();
      const facts = { ...post, categories: post.categories.map(({ slug }) => slug) };
      const why = reasonAgainst(facts, await settingsOf(at, target), at.clock.now());
      return why === null ? { isOn: true } : { isOn: false, why: at.t(`why.${why}`) };
    },
    preview: (target, post, text) => preview(context(), target, post, text),
    send: (request) => deliver(context(), "send", request),
    update: (request) => deliver(context(), "update", request),
    remove: (request) => deliver(context(), "remove", request),
  };
}

async function targets(context: Context) {
  const [accounts, broken] = await Promise.all([allAccounts(context), brokenAccounts(context)]);
  return Promise.all(
    accounts.map(async (account) => {
      const { edits, deletes } = await settingsOf(context, account.target);
      return {
        id: account.target,
        service: account.service,
        account: account.name,
        limits: limitsOf(account),
        page: `/b/${context.blog.host}/settings/targets`,
        follows: { edits, deletes },
        ...(broken.has(account.target) && { reconnect: context.t("reconnect", { service: account.service }) }),
      };
    }),
  );
}

// What a text of one's own begins with. A post that is not out has no address of its own yet, and hashtags are added anyway.
async function beginOf(context: Context, post: Post, { limits }: Account, template: string): Promise<string> {
  const url = `${post.url}#this-post`;
  return (await composeFor(context, { ...post, url }, limits, { template })).text.replaceAll(url, "{url}");
}

function limitsOf({ limits }: Account): CopyLimits {
  return {
    chars: limits.text,
    unit: units[limits.counter],
    ...(["mastodon", "weighted"].includes(limits.counter) && { linkLength: limits.urlLength ?? 23 }),
    images: limits.images,
    alt: limits.images > 0,
    ...(limits.edit && { edit: true }),
    ...(limits.delete && { delete: true }),
  };
}

async function preview(context: Context, target: string, post: Post, text?: string): Promise<CopyPreview> {
  const account = await accountOf(context, target);
  if (!account) return { text: "", isTruncated: false, images: 0, notes: [context.t("error.disconnected")] };
  const { template, hasHashtags } = await settingsOf(context, target);
  const composed = await composeFor(context, post, account.limits, {
    template,
    hasHashtags,
    ...(text !== undefined && { ownText: text }),
  });
  const left = leftOut(post, account.limits);
  const notes = [
    ...(composed.isTruncated ? [context.t("note.shortened")] : []),
    ...(left > 0 ? [context.t("note.pictures", { n: composed.images.length })] : []),
    ...(composed.card ? [context.t("note.card")] : []),
  ];
  return {
    text: composed.text,
    ...(text === undefined && { begin: await beginOf(context, post, account, template) }),
    isTruncated: composed.isTruncated,
    ...(post.title !== "" && { title: post.title }),
    images: composed.images.length,
    notes,
  };
}
